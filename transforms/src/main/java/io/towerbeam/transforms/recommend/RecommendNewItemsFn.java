package io.towerbeam.transforms.recommend;

import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.IdOrder;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.NewItemLists;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.features.FeatureMatrix;
import io.towerbeam.transforms.prepare.HistoryReader;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;

/** Makes the lists of new items of the wanted users of one shard by every model. */
final class RecommendNewItemsFn extends DoFn<KV<Integer, CoGbkResult>, Recommendation> {
  private final Counter listsMade = Metrics.counter(RecommendNewItems.class, "new_item_lists_made");
  private final int k;
  private final HistoryReader reader;
  private final RecommendNewItems.Views views;
  private transient LoadedModels loaded;

  RecommendNewItemsFn(int k, HistoryReader reader, RecommendNewItems.Views views) {
    this.k = k;
    this.reader = reader;
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
    List<ItemFeatures> features = new ArrayList<>(context.sideInput(views.newItems()));
    features.sort(Comparator.comparing(ItemFeatures::getId, IdOrder.INSTANCE));
    IdIndex newItems = IdIndex.of(features.stream().map(ItemFeatures::getId).toList());
    Map<String, UserHistory> histories =
        histories(context, IdIndex.of(context.sideInput(views.itemIds())));
    if (histories.isEmpty() || newItems.size() == 0) {
      return;
    }
    List<String> users = List.copyOf(histories.keySet());
    List<int[]> taken =
        histories(context, newItems).values().stream().map(UserHistory::items).toList();
    NewItemLists lists = new NewItemLists(k, FeatureMatrix.of(features));
    for (ModelArtifact artifact : context.sideInput(views.models())) {
      lists.forEach(
          loaded.get(artifact),
          List.copyOf(histories.values()),
          taken,
          (user, best, scores) -> {
            context.output(
                new Recommendation(
                    artifact.getModel(),
                    users.get(user),
                    RecommendFn.recommended(newItems, best, scores)));
            listsMade.inc();
          });
    }
  }

  /** The users' rows of these items. */
  private Map<String, UserHistory> histories(ProcessContext context, IdIndex items)
      throws IOException {
    return reader.histories(context.element(), context.sideInput(views.firstUsers()), items);
  }
}
