package io.towerbeam.ml.models.ncf;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.training.PairLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * Neural collaborative filtering by pairwise ranking: each interaction is to stand above an item
 * drawn at random. As published it is the probabilities that are compared, so that the sigmoid is
 * applied twice; parameter {@code loss} offers the standard, which compares the scores. Source:
 * Rendle et al., "BPR" (UAI 2009).
 */
public final class NcfBpr extends NeuralCollaborativeFiltering {
  private static final String LOSS = "loss";

  @Override
  public String name() {
    return "ncf-bpr";
  }

  @Override
  public String description() {
    return "neural collaborative filtering, trained by pairwise ranking";
  }

  @Override
  public List<ModelParameter> parameters() {
    List<ModelParameter> declared = new ArrayList<>(super.parameters());
    declared.add(
        ModelParameter.choice(
            LOSS,
            "bpr-of-sigmoid",
            List.of("bpr-of-sigmoid", "bpr"),
            "pairwise ranking of probabilities, as published, or of scores, the standard"));
    return List.copyOf(declared);
  }

  @Override
  PairLoss loss(ParameterValues parameters) {
    return PairLoss.named(parameters.getString(LOSS));
  }
}
