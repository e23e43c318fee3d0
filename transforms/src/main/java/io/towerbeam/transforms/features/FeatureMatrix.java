package io.towerbeam.transforms.features;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.schemas.ItemFeatures;
import java.util.Collection;

/** Feature records as a matrix. */
public final class FeatureMatrix {
  private FeatureMatrix() {}

  /** (N, F) float32, a row an item in their order; (0, 0) of none. */
  public static FloatMatrix of(Collection<ItemFeatures> items) {
    int columns = items.isEmpty() ? 0 : items.iterator().next().getValues().size();
    float[] values = new float[Math.multiplyExact(items.size(), columns)];
    int place = 0;
    for (ItemFeatures item : items) {
      for (float value : item.getValues()) {
        values[place++] = value;
      }
    }
    return new FloatMatrix(items.size(), columns, values);
  }
}
