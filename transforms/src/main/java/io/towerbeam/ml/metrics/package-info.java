/**
 * Ranking metrics as pure functions of a list and the relevant items, one class per metric, and
 * their sums over users, and what the bootstrap says of these. No model, no file, no Beam.
 */
package io.towerbeam.ml.metrics;
