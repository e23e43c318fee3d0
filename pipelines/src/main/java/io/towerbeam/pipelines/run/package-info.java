/**
 * A run's place and its rights to it: the names of its files, the claim that makes it one run, and
 * what it left behind. Nothing here knows a workflow.
 */
package io.towerbeam.pipelines.run;
