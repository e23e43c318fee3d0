package io.towerbeam.transforms.recommend;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.ShardHistories;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.TopK;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.transforms.prepare.ByShard;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Scores the wanted users of one shard with every model. */
final class RecommendFn extends DoFn<KV<Integer, CoGbkResult>, Recommendation> {
  /** Users scored at once: bounds the score matrix to BATCH × items. */
  private static final int BATCH = 256;

  private final Counter usersRecommended =
      Metrics.counter(RecommendTopK.class, "users_recommended");
  private final int k;
  private final PCollectionView<List<ModelArtifact>> models;
  private final PCollectionView<List<String>> itemIds;
  private final PCollectionView<Map<Integer, Long>> firstUsers;
  private transient LoadedModels loaded;

  RecommendFn(
      int k,
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers) {
    this.k = k;
    this.models = models;
    this.itemIds = itemIds;
    this.firstUsers = firstUsers;
  }

  @Setup
  public void setup() {
    loaded = new LoadedModels();
  }

  @Teardown
  public void teardown() {
    loaded.close();
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    IdIndex items = IdIndex.of(context.sideInput(itemIds));
    Map<String, UserHistory> histories = wantedHistories(context, items);
    List<String> users = List.copyOf(histories.keySet());
    for (ModelArtifact artifact : context.sideInput(models)) {
      FittedModel model = loaded.get(artifact);
      for (int start = 0; start < users.size(); start += BATCH) {
        List<String> batch = users.subList(start, Math.min(start + BATCH, users.size()));
        FloatMatrix scores = model.score(batch.stream().map(histories::get).toList());
        for (int row = 0; row < batch.size(); row++) {
          UserHistory history = histories.get(batch.get(row));
          BitSet masked = model.masksHistory() ? itemsOf(history) : new BitSet();
          context.output(
              new Recommendation(
                  artifact.getModel(), batch.get(row), best(scores, row, masked, items)));
        }
        usersRecommended.inc(batch.size());
      }
    }
  }

  /** Histories by user id; TreeMap, so that batches are the same in every attempt. */
  private Map<String, UserHistory> wantedHistories(ProcessContext context, IdIndex items) {
    CoGbkResult shard = context.element().getValue();
    Map<String, UserHistory> histories = new TreeMap<>();
    for (InteractionBlock block : shard.getAll(RecommendTopK.WANTED)) {
      block.getUserIds().forEach(user -> histories.put(user, UserHistory.empty(-1)));
    }
    Long first = context.sideInput(firstUsers).get(context.element().getKey());
    if (first != null) {
      ShardHistories.forEach(
          ByShard.inOrder(shard.getAll(RecommendTopK.HISTORIES)),
          Math.toIntExact(first),
          items,
          (user, history) -> histories.computeIfPresent(user, (id, none) -> history));
    }
    return histories;
  }

  private static BitSet itemsOf(UserHistory history) {
    BitSet own = new BitSet();
    for (int item : history.items()) {
      own.set(item);
    }
    return own;
  }

  private List<RecommendedItem> best(FloatMatrix scores, int row, BitSet masked, IdIndex items) {
    int from = row * scores.columns();
    List<RecommendedItem> best = new ArrayList<>(k);
    for (int item : TopK.select(scores.values(), from, scores.columns(), k, masked)) {
      best.add(new RecommendedItem(items.id(item), scores.values()[from + item]));
    }
    return best;
  }
}
