/**
 * The training stage that all gradient-trained models share: order of examples, batches, optimiser,
 * schedule, checkpoints and progress, over a {@link io.towerbeam.ml.models.training.Network} that
 * brings the arrays and the loss. Beside it what several networks are made of: layers, embeddings,
 * dropout, sampled pairs and the losses of pairs. Which model is trained is not known here.
 */
package io.towerbeam.ml.models.training;
