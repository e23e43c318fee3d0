package io.towerbeam.ml.models.testing;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.ml.metrics.JudgedList;
import io.towerbeam.ml.metrics.Ndcg;
import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.TopKLists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * MovieLens-1M split by time, read in the plainest way.
 *
 * @param train the train side with the item features of the reference
 * @param test the test items of each test user, by user index
 * @param cold the train items that users without train rows took after the split, of those with at
 *     least 10
 * @param itemIds of the train items, by index
 */
public record Ml1m(
    MemoryData train, Map<Integer, BitSet> test, List<BitSet> cold, List<String> itemIds) {
  private static final long SPLIT_TIME = 975_768_738;

  private record Row(int user, int item, float rating, long time) {}

  public static Path folder() {
    return Path.of(
        Objects.requireNonNullElse(System.getenv("TOWERBEAM_ML1M"), "../../shared/data/ml-1m"));
  }

  public static Ml1m read() throws IOException {
    return split(rows(), SPLIT_TIME);
  }

  /** A split of all rows at another quantile of their times than the published one. */
  public static Ml1m read(double quantile) throws IOException {
    List<Row> rows = rows();
    return split(rows, nearest(rows, quantile));
  }

  /** The published split, with the rows whose rating and time are filled in left out of train. */
  public static Ml1m readWithoutFilledIn() throws IOException {
    Map<Integer, List<Row>> early = keptEarly(rows(), SPLIT_TIME);
    List<Row> kept = new ArrayList<>();
    for (List<Row> history : early.values()) {
      long filledIn = nearest(history, .5);
      history.stream().filter(row -> row.rating != 3 || row.time != filledIn).forEach(kept::add);
    }
    return sides(byUser(kept, row -> true), byUser(rows(), row -> row.time > SPLIT_TIME));
  }

  /** The tuning split: the same function on the rows of the train side, at .85 of their times. */
  public static Ml1m readTuning() throws IOException {
    return readTuning(.85);
  }

  /**
   * The same function on the rows of the train side, at a quantile of their times: the earlier it
   * is, the more like those of the test side are the absences of its users.
   */
  public static Ml1m readTuning(double quantile) throws IOException {
    List<Row> train =
        keptEarly(rows(), SPLIT_TIME).values().stream().flatMap(List::stream).toList();
    return split(train, nearest(train, quantile));
  }

  /**
   * The train side less what came after a return, of each fourth user who came back after more than
   * 30 days; these are judged by what they took then.
   *
   * @param fold which of the four, from 0
   */
  public static Ml1m readReturns(int fold) throws IOException {
    Map<Integer, List<Row>> early = keptEarly(rows(), SPLIT_TIME);
    List<Row> train = new ArrayList<>();
    List<Row> late = new ArrayList<>();
    for (Map.Entry<Integer, List<Row>> user : early.entrySet()) {
      List<Row> history = inOrder(user.getValue()).toList();
      int cut = returned(history);
      boolean isJudged = Math.floorMod(user.getKey() * 0x9E3779B9 >>> 16, 4) == fold;
      train.addAll(isJudged ? history.subList(0, cut) : history);
      late.addAll(isJudged ? history.subList(cut, history.size()) : List.of());
    }
    return sides(byUser(train, row -> true), byUser(late, row -> true));
  }

  /** The first row after a return that has 15 rows before it and 10 from it on, or the end. */
  private static int returned(List<Row> history) {
    for (int row = 15; row <= history.size() - 10; row++) {
      if (history.get(row).time - history.get(row - 1).time > 30 * 86_400L) {
        return row;
      }
    }
    return history.size();
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line :
        Files.readAllLines(folder().resolve("ratings.dat"), StandardCharsets.ISO_8859_1)) {
      String[] cells = line.split("::");
      rows.add(
          new Row(
              Integer.parseInt(cells[0]),
              Integer.parseInt(cells[1]),
              Float.parseFloat(cells[2]),
              Long.parseLong(cells[3])));
    }
    return rows;
  }

  /** The quantile {@code q} of the times: one of them, the one nearest to it. */
  private static long nearest(List<Row> rows, double q) {
    long[] times = rows.stream().mapToLong(Row::time).sorted().toArray();
    return times[(int) Math.rint(q * (times.length - 1))];
  }

  private static Map<Integer, List<Row>> keptEarly(List<Row> rows, long threshold) {
    Map<Integer, List<Row>> early = byUser(rows, row -> row.time <= threshold);
    early.values().removeIf(history -> history.size() < 5);
    return early;
  }

  private static Map<Integer, List<Row>> byUser(List<Row> rows, Predicate<Row> isWanted) {
    return rows.stream()
        .filter(isWanted)
        .collect(Collectors.groupingBy(Row::user, TreeMap::new, Collectors.toList()));
  }

  private static Ml1m split(List<Row> rows, long threshold) throws IOException {
    return sides(keptEarly(rows, threshold), byUser(rows, row -> row.time > threshold));
  }

  private static Ml1m sides(Map<Integer, List<Row>> early, Map<Integer, List<Row>> late)
      throws IOException {
    List<Integer> users = List.copyOf(early.keySet());
    TreeSet<Integer> itemIds = new TreeSet<>();
    early.values().forEach(history -> history.forEach(row -> itemIds.add(row.item)));
    List<Integer> items = List.copyOf(itemIds);
    return new Ml1m(
        new MemoryData(matrix(early, items), ratings(early), times(early), features(items)),
        test(early, late, users, items),
        cold(early, late, index(items)),
        items.stream().map(String::valueOf).toList());
  }

  /**
   * The metrics at 10 of the model's lists for the test users, scored from their train histories as
   * a run does it.
   */
  public SortedMap<String, Double> metrics(FittedModel model) {
    return metrics(
        model,
        test.keySet().stream().map(train::history).toList(),
        List.copyOf(test.values()),
        new float[train.interactions().itemCount()]);
  }

  /**
   * The metrics at 10 for the cold users, without a history; a model that does not know them gives
   * the most popular items.
   */
  public SortedMap<String, Double> coldMetrics(FittedModel model) {
    long[] counts = train.interactions().itemCounts();
    float[] popularity = new float[counts.length];
    for (int item = 0; item < counts.length; item++) {
      popularity[item] = counts[item];
    }
    return metrics(
        model, Collections.nCopies(cold.size(), UserHistory.empty(-1)), cold, popularity);
  }

  /** (test users) the NDCG at 10 of the model's list for each test user. */
  public double[] ndcgs(FittedModel model) {
    double[] ndcgs = new double[test.size()];
    Ndcg ndcg = new Ndcg();
    forEachList(
        model,
        test.keySet().stream().map(train::history).toList(),
        List.copyOf(test.values()),
        new float[train.interactions().itemCount()],
        (list, user) -> ndcgs[user] = ndcg.of(list, 10));
    return ndcgs;
  }

  private SortedMap<String, Double> metrics(
      FittedModel model, List<UserHistory> users, List<BitSet> wanted, float[] popularity) {
    RankingTotals totals = RankingTotals.empty(List.of(10));
    forEachList(model, users, wanted, popularity, (list, user) -> totals.add(list));
    return totals.metrics(train.interactions().itemCount());
  }

  private static void forEachList(
      FittedModel model,
      List<UserHistory> users,
      List<BitSet> wanted,
      float[] popularity,
      ObjIntConsumer<JudgedList> judged) {
    new TopKLists(10, popularity)
        .forEach(
            model,
            users,
            (user, items, scores) ->
                judged.accept(
                    JudgedList.of(
                        Arrays.stream(items).mapToObj(String::valueOf).toList(),
                        wanted.get(user).stream()
                            .mapToObj(String::valueOf)
                            .collect(Collectors.toSet()),
                        ItemPopularity.of(Map.of())),
                    user));
  }

  private static float[] ratings(Map<Integer, List<Row>> early) {
    List<Row> rows = early.values().stream().flatMap(Ml1m::inOrder).toList();
    float[] ratings = new float[rows.size()];
    for (int row = 0; row < ratings.length; row++) {
      ratings[row] = rows.get(row).rating;
    }
    return ratings;
  }

  private static long[] times(Map<Integer, List<Row>> early) {
    return early.values().stream().flatMap(Ml1m::inOrder).mapToLong(Row::time).toArray();
  }

  private static InteractionMatrix matrix(Map<Integer, List<Row>> early, List<Integer> items) {
    Map<Integer, Integer> index = index(items);
    int[] offsets = new int[early.size() + 1];
    int user = 0;
    for (List<Row> history : early.values()) {
      offsets[user + 1] = offsets[user] + history.size();
      user++;
    }
    int[] chosen =
        early.values().stream()
            .flatMap(Ml1m::inOrder)
            .mapToInt(row -> index.get(row.item))
            .toArray();
    return new InteractionMatrix(early.size(), items.size(), offsets, chosen);
  }

  private static Stream<Row> inOrder(List<Row> history) {
    return history.stream().sorted(Comparator.comparingLong(Row::time).thenComparing(Row::item));
  }

  private static Map<Integer, BitSet> test(
      Map<Integer, List<Row>> early,
      Map<Integer, List<Row>> late,
      List<Integer> users,
      List<Integer> items) {
    Map<Integer, Integer> index = index(items);
    Map<Integer, BitSet> test = new TreeMap<>();
    for (int user = 0; user < users.size(); user++) {
      BitSet kept = new BitSet();
      late.getOrDefault(users.get(user), List.of()).stream()
          .filter(row -> index.containsKey(row.item))
          .forEach(row -> kept.set(index.get(row.item)));
      if (kept.cardinality() >= 10 && early.get(users.get(user)).size() >= 15) {
        test.put(user, kept);
      }
    }
    return test;
  }

  private static List<BitSet> cold(
      Map<Integer, List<Row>> early, Map<Integer, List<Row>> late, Map<Integer, Integer> index) {
    List<BitSet> cold = new ArrayList<>();
    for (Map.Entry<Integer, List<Row>> user : late.entrySet()) {
      BitSet kept = new BitSet();
      user.getValue().stream()
          .filter(row -> index.containsKey(row.item))
          .forEach(row -> kept.set(index.get(row.item)));
      if (kept.cardinality() >= 10 && !early.containsKey(user.getKey())) {
        cold.add(kept);
      }
    }
    return cold;
  }

  private static Map<Integer, Integer> index(List<Integer> items) {
    Map<Integer, Integer> index = new TreeMap<>();
    items.forEach(item -> index.put(item, index.size()));
    return index;
  }

  private static FloatMatrix features(List<Integer> items) throws IOException {
    List<String> lines = Files.readAllLines(folder().resolve("../../reference/item_features.csv"));
    int columns = lines.get(0).split(",").length - 1;
    float[] values = new float[items.size() * columns];
    Map<Integer, Integer> index = index(items);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      Integer item = index.get(Integer.parseInt(cells[0]));
      for (int column = 0; item != null && column < columns; column++) {
        values[item * columns + column] = Float.parseFloat(cells[column + 1]);
      }
    }
    return new FloatMatrix(items.size(), columns, values);
  }
}
