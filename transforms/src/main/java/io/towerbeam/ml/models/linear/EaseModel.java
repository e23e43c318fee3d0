package io.towerbeam.ml.models.linear;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.sparse.Binary;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Scores by dense item-to-item weights. A user has few items, so their rows are added up in Java:
 * no matrix of users by items is made. Safe for use by many threads.
 *
 * @param weights (items, items) row-major float32
 * @param items number of items
 */
record EaseModel(float[] weights, int items) implements FittedModel {
  private static final String FILE = "parameters.avro";
  private static final String WEIGHTS = "weights";

  @Override
  public FloatMatrix score(List<UserHistory> users) {
    float[] scores = new float[Math.multiplyExact(users.size(), items)];
    for (int user = 0; user < users.size(); user++) {
      addRows(Binary.items(users.get(user)), scores, user * items);
    }
    return new FloatMatrix(users.size(), items, scores);
  }

  /** Four rows at a time, so that a sum is fetched and put back once for four weights. */
  private void addRows(int[] rows, float[] sums, int from) {
    int row = 0;
    for (; row + 3 < rows.length; row += 4) {
      int a = rows[row] * items;
      int b = rows[row + 1] * items;
      int c = rows[row + 2] * items;
      int d = rows[row + 3] * items;
      for (int i = 0; i < items; i++) {
        sums[from + i] += weights[a + i] + weights[b + i] + (weights[c + i] + weights[d + i]);
      }
    }
    for (; row < rows.length; row++) {
      int a = rows[row] * items;
      for (int i = 0; i < items; i++) {
        sums[from + i] += weights[a + i];
      }
    }
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    NamedArray array = new NamedArray(WEIGHTS, new long[] {items, items}, weights);
    files.write(FILE, new TensorFile(List.of(array), Map.of())::writeTo);
  }

  /**
   * Reads back what {@link #save} wrote.
   *
   * @throws IOException if the file is missing or damaged
   */
  static EaseModel load(ModelFiles files) throws IOException {
    try (InputStream in = files.open(FILE)) {
      NamedArray array = TensorFile.readFrom(in).array(WEIGHTS);
      return new EaseModel(array.values(), Math.toIntExact(array.shape()[0]));
    }
  }
}
