package io.towerbeam.ml.models.sparse;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Scores by sparse item-to-item weights W: an item's score is the sum of W_ij over the user's items
 * i, each counted once, in float32. An item that no weight leads to scores 0.
 *
 * <p>Must fit in memory: 8 bytes a weight. Safe for use by many threads.
 *
 * @param weights W, (I, I): row i holds what having item i adds to the others
 */
public record SparseItemModel(SparseRows weights) implements FittedModel {
  private static final String FILE = "parameters.avro";

  @Override
  public FloatMatrix score(List<UserHistory> users) {
    int items = weights.columnCount();
    float[] scores = new float[Math.multiplyExact(users.size(), items)];
    for (int user = 0; user < users.size(); user++) {
      for (int item : Binary.items(users.get(user))) {
        weights.addRow(item, scores, user * items);
      }
    }
    return new FloatMatrix(users.size(), items, scores);
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    files.write(FILE, new TensorFile(weights.arrays(), Map.of())::writeTo);
    Checkpoints.deleteAll(files);
  }

  /**
   * Reads back what {@link #save} wrote.
   *
   * @throws IOException if the file is missing or damaged
   */
  public static SparseItemModel load(ModelFiles files) throws IOException {
    try (InputStream in = files.open(FILE)) {
      TensorFile file = TensorFile.readFrom(in);
      return new SparseItemModel(SparseRows.square(file));
    }
  }
}
