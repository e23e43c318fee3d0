package io.towerbeam.transforms.recommend;

import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.ShardHistories;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.TopKLists;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.transforms.prepare.ByShard;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;

/** Makes the lists of the wanted users of one shard by every model. */
final class RecommendFn extends DoFn<KV<Integer, CoGbkResult>, Recommendation> {
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
    TopKLists lists = new TopKLists(k, popularity(items, context.sideInput(views.itemCounts())));
    Map<String, UserHistory> histories = wantedHistories(context, items);
    List<String> users = List.copyOf(histories.keySet());
    for (ModelArtifact artifact : context.sideInput(views.models())) {
      int unknown =
          lists.forEach(
              loaded.get(artifact),
              List.copyOf(histories.values()),
              (user, best, scores) ->
                  context.output(
                      new Recommendation(
                          artifact.getModel(), users.get(user), recommended(items, best, scores))));
      usersRecommended.inc(users.size());
      usersUnknown.inc(unknown);
    }
  }

  /** Train interactions by item index, (I). */
  private static float[] popularity(IdIndex items, Map<String, Long> itemCounts) {
    float[] counts = new float[items.size()];
    for (int item = 0; item < counts.length; item++) {
      counts[item] = itemCounts.getOrDefault(items.id(item), 0L);
    }
    return counts;
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

  private static List<RecommendedItem> recommended(IdIndex items, int[] best, float[] scores) {
    List<RecommendedItem> recommended = new ArrayList<>(best.length);
    for (int place = 0; place < best.length; place++) {
      recommended.add(new RecommendedItem(items.id(best[place]), scores[place]));
    }
    return recommended;
  }
}
