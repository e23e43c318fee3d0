package io.towerbeam.ml.models;

import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;

/**
 * Scores an item by the number of its training interactions, the same for every user; a user's own
 * items are left out of the list.
 *
 * <p>Must fit in memory: the interactions, 4 bytes each. Counts above 2^24 are rounded to float32,
 * so that items within a ten-millionth of each other may tie.
 */
public class MostPopular implements RankingModelProvider {
  @Override
  public String name() {
    return "most-popular";
  }

  @Override
  public String description() {
    return "items by number of training interactions, the user's own left out";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of();
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    return Integer.BYTES * (size.interactions() + size.users()) + Long.BYTES * size.items();
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException {
    long[] counts = data.interactions().itemCounts();
    float[] scores = new float[counts.length];
    for (int item = 0; item < scores.length; item++) {
      scores[item] = counts[item];
    }
    return new ItemScores(scores, masksHistory());
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return ItemScores.load(files, masksHistory());
  }

  /** Whether the user's own items are left out. */
  boolean masksHistory() {
    return true;
  }

  /** The same, but with the user's own items in the list. */
  public static final class Unmasked extends MostPopular {
    @Override
    public String name() {
      return "most-popular-unmasked";
    }

    @Override
    public String description() {
      return "items by number of training interactions, the user's own among them, as published";
    }

    @Override
    boolean masksHistory() {
      return false;
    }
  }
}
