package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import java.io.IOException;

/** What models are fitted on. Each part is read when first asked for. */
public interface TrainingData {
  /** The size of all, known without reading it. */
  RankingModelProvider.DatasetSize size();

  /** The train side of the split by dense indexes. */
  InteractionMatrix interactions() throws IOException;

  /** (interactions) ratings aligned with {@link #interactions()}; NaN where there is none. */
  float[] ratings() throws IOException;

  /** (interactions) seconds since the epoch, aligned with {@link #interactions()}. */
  long[] times() throws IOException;

  /** (I, F) item features in item index order. */
  FloatMatrix itemFeatures() throws IOException;

  /**
   * G, how many of the first columns of {@link #itemFeatures()} are for categories, above 0 where
   * an item is of the category; 0 where that is not known.
   */
  default int categoryColumns() throws IOException {
    return 0;
  }
}
