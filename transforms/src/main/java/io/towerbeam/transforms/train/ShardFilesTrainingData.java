package io.towerbeam.transforms.train;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.ShardHistories;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.RankingModelProvider.DatasetSize;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.TrainFiles;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The training shards of a run, streamed from their files in name order; each column is read when
 * it is first asked for and kept. Not thread-safe.
 */
public final class ShardFilesTrainingData implements TrainingData {
  private final RunFiles run;
  private final DatasetSize size;
  private IdIndex items;
  private InteractionMatrix interactions;
  private float[] ratings;
  private long[] times;
  private FloatMatrix features;

  private ShardFilesTrainingData(RunFiles run, DatasetSize size) {
    this.run = run;
    this.size = size;
  }

  /**
   * The training data of a run.
   *
   * @param counts {@code train_users}, {@code train_items} and {@code train_interactions}
   */
  public static ShardFilesTrainingData of(RunFiles run, Map<String, Long> counts)
      throws IOException {
    int[] columns = {0};
    List<String> files = run.features().list("items-*.avro");
    if (!files.isEmpty()) {
      try (InputStream in = run.features().open(files.get(0))) {
        columns[0] = AvroFiles.first(in, ItemFeatures.class).getValues().size();
      }
    }
    return new ShardFilesTrainingData(
        run,
        new DatasetSize(
            counts.getOrDefault("train_users", 0L),
            counts.getOrDefault("train_items", 0L),
            counts.getOrDefault("train_interactions", 0L),
            columns[0]));
  }

  @Override
  public DatasetSize size() {
    return size;
  }

  @Override
  public InteractionMatrix interactions() throws IOException {
    if (interactions == null) {
      int[] offsets = new int[Math.toIntExact(size.users() + 1)];
      int[] columns = new int[Math.toIntExact(size.interactions())];
      int end =
          forEachUser(
              (start, history) -> {
                System.arraycopy(history.items(), 0, columns, start, history.items().length);
                offsets[history.userIndex() + 1] = start + history.items().length;
              });
      if (end != columns.length) {
        throw new IOException(
            "the training shards hold %d interactions, not %d".formatted(end, columns.length));
      }
      interactions =
          new InteractionMatrix(offsets.length - 1, itemIndex().size(), offsets, columns);
    }
    return interactions;
  }

  @Override
  public float[] ratings() throws IOException {
    if (ratings == null) {
      float[] column = new float[Math.toIntExact(size.interactions())];
      forEachUser(
          (start, history) ->
              System.arraycopy(history.ratings(), 0, column, start, history.ratings().length));
      ratings = column;
    }
    return ratings;
  }

  @Override
  public long[] times() throws IOException {
    if (times == null) {
      long[] column = new long[Math.toIntExact(size.interactions())];
      forEachUser(
          (start, history) ->
              System.arraycopy(history.times(), 0, column, start, history.times().length));
      times = column;
    }
    return times;
  }

  @Override
  public FloatMatrix itemFeatures() throws IOException {
    if (features == null) {
      IdIndex index = itemIndex();
      int columns = size.itemFeatures();
      float[] values = new float[Math.multiplyExact(index.size(), columns)];
      readAll(
          run.features(),
          "items-*.avro",
          ItemFeatures.class,
          item -> {
            int row = index.indexOf(item.getId());
            for (int column = 0; row >= 0 && column < columns; column++) {
              values[row * columns + column] = item.getValues().get(column);
            }
          });
      features = new FloatMatrix(index.size(), columns, values);
    }
    return features;
  }

  @Override
  public int categoryColumns() throws IOException {
    try (InputStream in = run.features().open("feature-spec.avro")) {
      return AvroFiles.first(in, FeatureSpec.class).getCategories().size();
    }
  }

  /** The indexed items. */
  public IdIndex itemIndex() throws IOException {
    if (items == null) {
      List<String> ids = new ArrayList<>();
      readAll(run.index(), "items-*.avro", IndexEntry.class, entry -> ids.add(entry.getId()));
      items = IdIndex.of(ids);
    }
    return items;
  }

  /** Gives every train user's id and history to {@code consumer}, in index order. */
  public void forEachHistory(BiConsumer<String, UserHistory> consumer) throws IOException {
    IdIndex index = itemIndex();
    int[] users = {0};
    readAll(
        run.data(),
        TrainFiles.PATTERN,
        InteractionBlock.class,
        block ->
            ShardHistories.forEach(
                List.of(block),
                users[0],
                index,
                (user, history) -> {
                  consumer.accept(user, history);
                  users[0]++;
                }));
  }

  @FunctionalInterface
  private interface RowConsumer {
    void accept(int firstRow, UserHistory history);
  }

  /** Users in index order; gives the number of rows. */
  private int forEachUser(RowConsumer consumer) throws IOException {
    int[] rows = {0};
    forEachHistory(
        (user, history) -> {
          consumer.accept(rows[0], history);
          rows[0] += history.items().length;
        });
    return rows[0];
  }

  private static <T extends SpecificRecord> void readAll(
      Folder folder, String glob, Class<T> type, Consumer<T> consumer) throws IOException {
    for (String name : folder.list(glob)) {
      try (InputStream in = folder.open(name)) {
        AvroFiles.read(in, type, consumer);
      }
    }
  }
}
