package io.towerbeam.ml.models.testing;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;

/** Data whose first {@code categoryColumns} feature columns are for categories. */
public record CategorisedData(MemoryData data, int categoryColumns) implements TrainingData {
  @Override
  public RankingModelProvider.DatasetSize size() {
    return data.size();
  }

  @Override
  public InteractionMatrix interactions() {
    return data.interactions();
  }

  @Override
  public float[] ratings() {
    return data.ratings();
  }

  @Override
  public long[] times() {
    return data.times();
  }

  @Override
  public FloatMatrix itemFeatures() {
    return data.itemFeatures();
  }
}
