package io.towerbeam.ml.models.testing;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.RankingModelProvider.DatasetSize;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;

/** Training data that lie in memory. */
public record MemoryData(
    InteractionMatrix interactions, float[] ratings, long[] times, FloatMatrix itemFeatures)
    implements TrainingData {
  /** Interactions without ratings, all at the same time. */
  public MemoryData(InteractionMatrix interactions, FloatMatrix itemFeatures) {
    this(interactions, unrated(interactions.size()), new long[interactions.size()], itemFeatures);
  }

  private static float[] unrated(int size) {
    float[] ratings = new float[size];
    Arrays.fill(ratings, Float.NaN);
    return ratings;
  }

  /** Users with these items, without ratings and features. */
  public static MemoryData ofRows(int items, int[]... rows) {
    int[] offsets = new int[rows.length + 1];
    for (int user = 0; user < rows.length; user++) {
      offsets[user + 1] = offsets[user] + rows[user].length;
    }
    int[] chosen = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    return new MemoryData(
        new InteractionMatrix(rows.length, items, offsets, chosen),
        new FloatMatrix(items, 0, new float[0]));
  }

  /** A user who is not among the training users and has these items. */
  public static UserHistory stranger(int... items) {
    float[] none = new float[items.length];
    Arrays.fill(none, Float.NaN);
    return new UserHistory(-1, items, new long[items.length], none);
  }

  /** What is known of a user: the user's rows. */
  public UserHistory history(int user) {
    int from = interactions.offsets()[user];
    int to = interactions.offsets()[user + 1];
    return new UserHistory(
        user,
        Arrays.copyOfRange(interactions.items(), from, to),
        Arrays.copyOfRange(times, from, to),
        Arrays.copyOfRange(ratings, from, to));
  }

  @Override
  public DatasetSize size() {
    return new DatasetSize(
        interactions.userCount(),
        interactions.itemCount(),
        interactions.size(),
        itemFeatures.columns());
  }

  /**
   * Users who take the items of their own half of the catalogue, {@code each} of them; the half is
   * among an item's features.
   */
  public static MemoryData twoTastes(int users, int items, int each) {
    CounterRandom random = CounterRandom.of(7);
    int[] offsets = new int[users + 1];
    int[] chosen = new int[users * each];
    for (int user = 0; user < users; user++) {
      offsets[user + 1] = (user + 1) * each;
      for (int i = 0; i < each; i++) {
        chosen[user * each + i] = 2 * random.nextInt(items / 2) + user % 2;
      }
    }
    float[] features = random.gaussians(items * 4, 1);
    for (int item = 0; item < items; item++) {
      features[item * 4] = item % 2;
    }
    return new MemoryData(
        new InteractionMatrix(users, items, offsets, chosen), new FloatMatrix(items, 4, features));
  }
}
