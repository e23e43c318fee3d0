package io.towerbeam.ml.models.neighbours;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.sparse.Binary;
import io.towerbeam.ml.models.sparse.Largest;
import io.towerbeam.ml.models.sparse.ModelArrays;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The training users and their BM25 weights. Safe for use by many threads. */
final class UserKnnModel implements FittedModel {
  private static final String FILE = "parameters.avro";
  private static final String HISTORY_LENGTHS = "history_lengths";
  private static final String ITEMS = "items";
  private static final String ITEM_COUNT = "item_count";

  private final InteractionMatrix itemsOfUsers;
  private final InteractionMatrix usersOfItems;
  private final Bm25 bm25;
  private final double[] lengthWeights;
  private final int neighbours;

  UserKnnModel(InteractionMatrix binary, Bm25 bm25, int neighbours) {
    itemsOfUsers = binary;
    usersOfItems = binary.transposed();
    this.bm25 = bm25;
    this.neighbours = neighbours;
    lengthWeights = new double[binary.userCount()];
    for (int user = 0; user < lengthWeights.length; user++) {
      int length = binary.offsets()[user + 1] - binary.offsets()[user];
      lengthWeights[user] = bm25.lengthWeight(length);
    }
  }

  @Override
  public FloatMatrix score(List<UserHistory> users) {
    int items = itemsOfUsers.itemCount();
    float[] scores = new float[Math.multiplyExact(users.size(), items)];
    for (int user = 0; user < users.size(); user++) {
      double[] sums = sums(similarities(Binary.items(users.get(user))));
      for (int item = 0; item < items; item++) {
        scores[user * items + item] = (float) sums[item];
      }
    }
    return new FloatMatrix(users.size(), items, scores);
  }

  /** The similarity of each training user to a user of these items, (U). */
  private double[] similarities(int[] history) {
    double[] similarities = new double[lengthWeights.length];
    int[] users = usersOfItems.items();
    for (int item : history) {
      double weight = bm25.idf(item) * bm25.idf(item);
      int end = usersOfItems.offsets()[item + 1];
      for (int i = usersOfItems.offsets()[item]; i < end; i++) {
        similarities[users[i]] += weight;
      }
    }
    double ownWeight = bm25.lengthWeight(history.length);
    for (int user = 0; user < similarities.length; user++) {
      similarities[user] *= ownWeight * lengthWeights[user];
    }
    return similarities;
  }

  /** For each item the sum of the similarities of the nearest users who have it, (I). */
  private double[] sums(double[] similarities) {
    double[] sums = new double[itemsOfUsers.itemCount()];
    int[] items = itemsOfUsers.items();
    for (int user : Largest.positions(similarities, neighbours)) {
      double similarity = similarities[user];
      int end = itemsOfUsers.offsets()[user + 1];
      for (int i = itemsOfUsers.offsets()[user]; i < end; i++) {
        sums[items[i]] += similarity;
      }
    }
    return sums;
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    List<NamedArray> arrays =
        List.of(
            ModelArrays.ofOffsets(HISTORY_LENGTHS, itemsOfUsers.offsets()),
            ModelArrays.ofIndexes(ITEMS, itemsOfUsers.items()),
            ModelArrays.ofIndexes(ITEM_COUNT, new int[] {itemsOfUsers.itemCount()}));
    files.write(FILE, new TensorFile(arrays, Map.of())::writeTo);
  }

  /**
   * The training users that {@link #save} wrote.
   *
   * @throws IOException if the file is missing or damaged
   */
  static InteractionMatrix read(ModelFiles files) throws IOException {
    try (InputStream in = files.open(FILE)) {
      TensorFile file = TensorFile.readFrom(in);
      int itemCount = ModelArrays.indexes(file.array(ITEM_COUNT), Integer.MAX_VALUE)[0];
      int[] items = ModelArrays.indexes(file.array(ITEMS), itemCount);
      int[] offsets = ModelArrays.offsets(file.array(HISTORY_LENGTHS), items.length);
      return new InteractionMatrix(offsets.length - 1, itemCount, offsets, items);
    }
  }
}
