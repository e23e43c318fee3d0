/**
 * The workflows as Dataflow Flex Templates: their files, generated from their options, and the main
 * that their image runs. The workflows themselves know nothing of templates.
 */
package io.towerbeam.templates;
