/**
 * Runs on Dataflow: what is checked and set before a job is submitted, news of it while it runs,
 * and plain words for what Google Cloud refuses. What the workers do is no different from elsewhere
 * and lives in the transforms.
 */
package io.towerbeam.templates.dataflow;
