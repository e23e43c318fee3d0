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
import java.util.stream.Collectors;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;

/**
 * Scores the wanted users of one shard with every model; a user that a model does not know gets the
 * most popular items.
 */
final class RecommendFn extends DoFn<KV<Integer, CoGbkResult>, Recommendation> {
  /** Users scored at once: bounds the score matrix to BATCH × items. */
  private static final int BATCH = 256;

  private final Counter usersRecommended =
      Metrics.counter(RecommendTopK.class, "users_recommended");
  private final Counter usersUnknown = Metrics.counter(RecommendTopK.class, "users_unknown");
  private final int k;
  private final RecommendTopK.Views views;
  private transient LoadedModels loaded;

  RecommendFn(int k, RecommendTopK.Views views) {
    this.k = k;
    this.views = views;
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
    IdIndex items = IdIndex.of(context.sideInput(views.itemIds()));
    FloatMatrix popularity = popularity(items, context.sideInput(views.itemCounts()));
    Map<String, UserHistory> histories = wantedHistories(context, items);
    for (ModelArtifact artifact : context.sideInput(views.models())) {
      FittedModel model = loaded.get(artifact);
      Map<Boolean, List<String>> users =
          histories.keySet().stream()
              .collect(Collectors.partitioningBy(user -> model.knows(histories.get(user))));
      List<String> known = users.get(true);
      for (int start = 0; start < known.size(); start += BATCH) {
        List<String> batch = known.subList(start, Math.min(start + BATCH, known.size()));
        FloatMatrix scores = model.score(batch.stream().map(histories::get).toList());
        for (int row = 0; row < batch.size(); row++) {
          BitSet masked = masked(model, histories.get(batch.get(row)));
          List<RecommendedItem> best = best(scores, row, masked, items);
          context.output(new Recommendation(artifact.getModel(), batch.get(row), best));
        }
      }
      for (String user : users.get(false)) {
        BitSet masked = masked(model, histories.get(user));
        List<RecommendedItem> best = best(popularity, 0, masked, items);
        context.output(new Recommendation(artifact.getModel(), user, best));
      }
      usersRecommended.inc(histories.size());
      usersUnknown.inc(users.get(false).size());
    }
  }

  /** Train interactions by item index, (1, I). */
  private static FloatMatrix popularity(IdIndex items, Map<String, Long> itemCounts) {
    float[] counts = new float[items.size()];
    for (int item = 0; item < counts.length; item++) {
      counts[item] = itemCounts.getOrDefault(items.id(item), 0L);
    }
    return new FloatMatrix(1, counts.length, counts);
  }

  /** Histories by user id; TreeMap, so that batches are the same in every attempt. */
  private Map<String, UserHistory> wantedHistories(ProcessContext context, IdIndex items) {
    CoGbkResult shard = context.element().getValue();
    Map<String, UserHistory> histories = new TreeMap<>();
    for (InteractionBlock block : shard.getAll(RecommendTopK.WANTED)) {
      block.getUserIds().forEach(user -> histories.put(user, UserHistory.empty(-1)));
    }
    Long first = context.sideInput(views.firstUsers()).get(context.element().getKey());
    if (first != null) {
      ShardHistories.forEach(
          ByShard.inOrder(shard.getAll(RecommendTopK.HISTORIES)),
          Math.toIntExact(first),
          items,
          (user, history) -> histories.computeIfPresent(user, (id, none) -> history));
    }
    return histories;
  }

  private static BitSet masked(FittedModel model, UserHistory history) {
    BitSet masked = new BitSet();
    if (model.masksHistory()) {
      for (int item : history.items()) {
        masked.set(item);
      }
    }
    return masked;
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
