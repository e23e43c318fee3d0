package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.ShardHistories;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;

/**
 * Makes histories of the shards that {@link JoinHistories} gives.
 *
 * @param ofAllUsers whether all users of the train side are wanted
 * @param hasGiven whether there may be rows beside those of the train side
 */
public record HistoryReader(boolean ofAllUsers, boolean hasGiven) implements Serializable {
  private static final int UNKNOWN = -1;

  /**
   * What is known of a shard's wanted users, by user id, sorted, so that batches are the same in
   * every attempt. A user that is not in train has the index −1, and an empty history if nothing is
   * given either.
   *
   * @param firstUsers the index of the first user of each shard
   * @param items the indexed items; rows of others are left out
   * @throws IOException if the shard's file cannot be read, or the index is not of it
   */
  public SortedMap<String, UserHistory> histories(
      KV<Integer, CoGbkResult> shard, Map<Integer, Long> firstUsers, IdIndex items)
      throws IOException {
    CoGbkResult blocks = shard.getValue();
    SortedMap<String, UserHistory> histories = new TreeMap<>();
    if (!ofAllUsers) {
      for (InteractionBlock block : blocks.getAll(JoinHistories.WANTED)) {
        block.getUserIds().forEach(user -> histories.put(user, UserHistory.empty(UNKNOWN)));
      }
    }
    for (String trainFile : blocks.getAll(JoinHistories.TRAIN)) { // one or none
      Long first = firstUsers.get(shard.getKey());
      if (first == null) {
        throw new IOException("the user index knows no user of " + trainFile);
      }
      ShardHistories.forEach(
          blocksOf(trainFile),
          Math.toIntExact(first),
          items,
          (user, history) -> {
            if (ofAllUsers || histories.containsKey(user)) {
              histories.put(user, history);
            }
          });
    }
    if (hasGiven) {
      ShardHistories.forEach(
          blocks.getAll(JoinHistories.GIVEN),
          0,
          items,
          (user, given) -> histories.computeIfPresent(user, (id, known) -> known.with(given)));
    }
    return histories;
  }

  private static List<InteractionBlock> blocksOf(String trainFile) throws IOException {
    List<InteractionBlock> blocks = new ArrayList<>();
    try (InputStream in = Folder.openPath(trainFile)) {
      AvroFiles.read(in, InteractionBlock.class, blocks::add);
    }
    return blocks;
  }
}
