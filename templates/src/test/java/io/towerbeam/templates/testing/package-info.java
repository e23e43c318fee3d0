/** What the tests of the templates share. */
package io.towerbeam.templates.testing;
