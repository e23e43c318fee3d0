/**
 * {@code towerbeam launch}: asks Dataflow to start a template, and watches the job if told to. What
 * is wrong with the parameters is found before anything is sent. Nothing here builds a pipeline.
 */
package io.towerbeam.templates.launch;
