/**
 * The workflows as Dataflow Flex Templates: metadata generated from their options. The workflows
 * themselves know nothing of templates.
 */
package io.towerbeam.templates;
