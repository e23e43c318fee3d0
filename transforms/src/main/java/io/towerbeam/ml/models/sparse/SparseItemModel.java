package io.towerbeam.ml.models.sparse;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.training.NamedArray;
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
  private static final String ROW_LENGTHS = "row_lengths";
  private static final String COLUMNS = "columns";
  private static final String VALUES = "values";

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
    float[] values = weights.values();
    List<NamedArray> arrays =
        List.of(
            ModelArrays.ofOffsets(ROW_LENGTHS, weights.offsets()),
            ModelArrays.ofIndexes(COLUMNS, weights.columns()),
            new NamedArray(VALUES, new long[] {values.length}, values));
    files.write(FILE, new TensorFile(arrays, Map.of())::writeTo);
  }

  /**
   * Reads back what {@link #save} wrote.
   *
   * @throws IOException if the file is missing or damaged
   */
  public static SparseItemModel load(ModelFiles files) throws IOException {
    try (InputStream in = files.open(FILE)) {
      TensorFile file = TensorFile.readFrom(in);
      float[] values = file.array(VALUES).values();
      int[] offsets = ModelArrays.offsets(file.array(ROW_LENGTHS), values.length);
      int items = offsets.length - 1;
      int[] columns = ModelArrays.indexes(file.array(COLUMNS), items);
      return new SparseItemModel(new SparseRows(items, offsets, columns, values));
    }
  }
}
