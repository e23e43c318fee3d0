/** The entry point of the command line; what it does lies in the packages below. */
package io.towerbeam.pipelines;
