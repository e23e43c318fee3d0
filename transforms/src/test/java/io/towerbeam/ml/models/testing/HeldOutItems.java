package io.towerbeam.ml.models.testing;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.Holdout;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.JudgedList;
import io.towerbeam.ml.metrics.Ndcg;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.NewItemLists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tenth of the items taken out of the train side, to be ranked among themselves for the test
 * users who took some of them.
 *
 * @param train the train side without them
 * @param content (N, F) float32 of the items taken out
 * @param users what is known of the users
 * @param wanted of each user, which of the N the user took
 */
public record HeldOutItems(
    MemoryData train, FloatMatrix content, List<UserHistory> users, List<BitSet> wanted) {
  private static final double SHARE = .1;
  private static final int K = 10;

  /** Which items is a function of the seed: those that a run with it holds out. */
  public static HeldOutItems of(Ml1m data, long seed) {
    Holdout holdout = new Holdout(SHARE, seed, false);
    FloatMatrix features = data.train().itemFeatures();
    int[] places = new int[features.rows()]; // among the kept from 0 on, among the others below 0
    List<float[]> keptRows = new ArrayList<>();
    List<float[]> heldRows = new ArrayList<>();
    for (int item = 0; item < places.length; item++) {
      boolean isHeld = holdout.has(data.itemIds().get(item));
      List<float[]> rows = isHeld ? heldRows : keptRows;
      places[item] = isHeld ? -1 - rows.size() : rows.size();
      rows.add(features.row(item));
    }
    MemoryData train = without(data.train(), places, matrix(keptRows, features.columns()));
    List<UserHistory> users = new ArrayList<>();
    List<BitSet> wanted = new ArrayList<>();
    for (Map.Entry<Integer, BitSet> user : data.test().entrySet()) {
      BitSet taken = new BitSet();
      user.getValue().stream()
          .filter(item -> places[item] < 0)
          .forEach(item -> taken.set(-1 - places[item]));
      if (!taken.isEmpty()) {
        users.add(train.history(user.getKey()));
        wanted.add(taken);
      }
    }
    return new HeldOutItems(train, matrix(heldRows, features.columns()), users, wanted);
  }

  private static MemoryData without(MemoryData data, int[] places, FloatMatrix features) {
    InteractionMatrix all = data.interactions();
    int[] rows =
        IntStream.range(0, all.size()).filter(row -> places[all.items()[row]] >= 0).toArray();
    int[] offsets = new int[all.userCount() + 1];
    for (int user = 0; user < all.userCount(); user++) {
      offsets[user + 1] = offsets[user];
      for (int row = all.offsets()[user]; row < all.offsets()[user + 1]; row++) {
        offsets[user + 1] += places[all.items()[row]] >= 0 ? 1 : 0;
      }
    }
    int[] items = Arrays.stream(rows).map(row -> places[all.items()[row]]).toArray();
    float[] ratings = new float[rows.length];
    for (int row = 0; row < rows.length; row++) {
      ratings[row] = data.ratings()[rows[row]];
    }
    long[] times = Arrays.stream(rows).mapToLong(row -> data.times()[row]).toArray();
    return new MemoryData(
        new InteractionMatrix(all.userCount(), features.rows(), offsets, items),
        ratings,
        times,
        features);
  }

  private static FloatMatrix matrix(List<float[]> rows, int columns) {
    float[] values = new float[rows.size() * columns];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, values, row * columns, columns);
    }
    return new FloatMatrix(rows.size(), columns, values);
  }

  /** (users) the NDCG at 10 of the model's list of the items for each user. */
  public double[] ndcgs(FittedModel model) {
    double[] ndcgs = new double[users.size()];
    Ndcg ndcg = new Ndcg();
    List<int[]> none = Collections.nCopies(users.size(), new int[0]);
    new NewItemLists(K, content)
        .forEach(
            model,
            users,
            none,
            (user, items, scores) -> ndcgs[user] = ndcg.of(judged(items, wanted.get(user)), K));
    return ndcgs;
  }

  private static JudgedList judged(int[] items, BitSet wanted) {
    Set<String> relevant = wanted.stream().mapToObj(String::valueOf).collect(Collectors.toSet());
    return JudgedList.of(
        Arrays.stream(items).mapToObj(String::valueOf).toList(),
        relevant,
        ItemPopularity.of(Map.of()));
  }

  /** The mean of each user's values over several draws of items. Not thread-safe. */
  public static final class UserMeans {
    private final SortedMap<Integer, List<Double>> byUser = new TreeMap<>();

    /** Adds the values of a draw's users, in their order. */
    public void add(HeldOutItems drawn, double[] values) {
      for (int i = 0; i < values.length; i++) {
        byUser
            .computeIfAbsent(drawn.users.get(i).userIndex(), user -> new ArrayList<>())
            .add(values[i]);
      }
    }

    /** (users) the means, in the order of the users' indexes. */
    public double[] values() {
      return byUser.values().stream()
          .mapToDouble(
              values -> values.stream().mapToDouble(value -> value).average().orElseThrow())
          .toArray();
    }
  }
}
