/**
 * Ranking models and what they are made of: towers, losses, sampler, optimiser, checkpoints. A new
 * model is one {@link io.towerbeam.ml.models.RankingModelProvider}. DJL is used here and nowhere
 * else; files are reached only through {@link io.towerbeam.ml.models.ModelFiles}.
 */
package io.towerbeam.ml.models;
