/** Ranking metrics as pure functions of a list and the relevant items. No model, no file, no Beam. */
package io.towerbeam.ml.metrics;
