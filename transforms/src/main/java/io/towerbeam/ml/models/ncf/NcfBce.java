package io.towerbeam.ml.models.ncf;

import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.training.PairLoss;

/**
 * Neural collaborative filtering by cross-entropy: each pair by itself is an interaction or not.
 * Source: He et al., "Neural Collaborative Filtering" (WWW 2017).
 */
public final class NcfBce extends NeuralCollaborativeFiltering {
  @Override
  public String name() {
    return "ncf-bce";
  }

  @Override
  public String description() {
    return "neural collaborative filtering, trained by cross-entropy";
  }

  @Override
  PairLoss loss(ParameterValues parameters) {
    return PairLoss.BCE;
  }
}
