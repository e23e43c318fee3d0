/**
 * Fitting ranking models on the training shards of a run: one model is one element on one worker,
 * which reads the shards from files and leaves the model in its folder. The mathematics lives in
 * {@code io.towerbeam.ml.models}.
 */
package io.towerbeam.transforms.train;
