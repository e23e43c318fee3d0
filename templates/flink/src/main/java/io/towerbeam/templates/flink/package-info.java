/**
 * Runs on Apache Flink: what is checked and set before a job is submitted, which files it carries,
 * and news of it while it runs. What the task managers do is no different from elsewhere and lives
 * in the transforms.
 */
package io.towerbeam.templates.flink;
