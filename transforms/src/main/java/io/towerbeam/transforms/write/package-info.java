/**
 * What leaves a pipeline: folders and atomic files, sharded Avro, plain JSON, checks that stop a
 * run, and the step that publishes it. Nothing is computed here that is not about writing.
 */
package io.towerbeam.transforms.write;
