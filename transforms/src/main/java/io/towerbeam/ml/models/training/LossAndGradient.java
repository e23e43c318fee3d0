package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;

/**
 * What one pass of a network over a batch gives.
 *
 * @param loss the mean loss over the batch, () float32; not finite where the training has gone
 *     astray
 * @param gradient its slopes in all parameters, one behind the other as these are: (P) float32
 */
public record LossAndGradient(NDArray loss, NDArray gradient) {}
