/** A small workflow that the tests of the command line really run. */
package io.towerbeam.pipelines.testing;
