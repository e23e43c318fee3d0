package io.towerbeam.transforms.recommend;

import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.TopKLists;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.transforms.prepare.HistoryReader;
import io.towerbeam.transforms.train.ExtendedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final HistoryReader reader;
  private final RecommendTopK.Views views;
  private transient ExtendedModels loaded;

  RecommendFn(int k, HistoryReader reader, RecommendTopK.Views views) {
    this.k = k;
    this.reader = reader;
    this.views = views;
  }

  @Setup
  public void setup() {
    loaded = new ExtendedModels();
  }

  @Teardown
  public void teardown() {
    loaded.close();
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    IdIndex indexed = IdIndex.of(context.sideInput(views.itemIds()));
    List<ItemFeatures> newItems =
        views.newItems() == null ? List.of() : context.sideInput(views.newItems());
    Map<String, UserHistory> histories = histories(indexed, context);
    for (ModelArtifact artifact : context.sideInput(views.models())) {
      ExtendedModels.Extended model = loaded.get(artifact, indexed, newItems);
      boolean isExtended = model.items() != indexed;
      recommend(
          artifact, model, isExtended ? histories(model.items(), context) : histories, context);
    }
  }

  private Map<String, UserHistory> histories(IdIndex items, ProcessContext context)
      throws IOException {
    return reader.histories(context.element(), context.sideInput(views.firstUsers()), items);
  }

  private void recommend(
      ModelArtifact artifact,
      ExtendedModels.Extended model,
      Map<String, UserHistory> histories,
      ProcessContext context) {
    IdIndex items = model.items();
    TopKLists lists = new TopKLists(k, popularity(items, context.sideInput(views.itemCounts())));
    List<String> users = List.copyOf(histories.keySet());
    int unknown =
        lists.forEach(
            model.model(),
            List.copyOf(histories.values()),
            (user, best, scores) ->
                context.output(
                    new Recommendation(
                        artifact.getModel(), users.get(user), recommended(items, best, scores))));
    usersRecommended.inc(users.size());
    usersUnknown.inc(unknown);
  }

  /** Train interactions by item index, (I). */
  private static float[] popularity(IdIndex items, Map<String, Long> itemCounts) {
    float[] counts = new float[items.size()];
    for (int item = 0; item < counts.length; item++) {
      counts[item] = itemCounts.getOrDefault(items.id(item), 0L);
    }
    return counts;
  }

  /** Items with their scores, as they stand in a list. */
  static List<RecommendedItem> recommended(IdIndex items, int[] best, float[] scores) {
    List<RecommendedItem> recommended = new ArrayList<>(best.length);
    for (int place = 0; place < best.length; place++) {
      recommended.add(new RecommendedItem(items.id(best[place]), scores[place]));
    }
    return recommended;
  }
}
