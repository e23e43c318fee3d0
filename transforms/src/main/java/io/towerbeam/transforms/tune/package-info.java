/**
 * Trying a model's parameters: one trial is one element, fitted and judged on the training and test
 * shards of a run, which it reads from their files. Which parameters are tried is settled in {@code
 * io.towerbeam.ml.tuning}.
 */
package io.towerbeam.transforms.tune;
