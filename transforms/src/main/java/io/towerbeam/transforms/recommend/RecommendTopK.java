package io.towerbeam.transforms.recommend;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.prepare.JoinHistories;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Every model's K best items for some users (those of the test side, say), by their histories in
 * the train side, whose files it takes, and what is given beside them; a user's own train items are
 * left out where the model says so. Users that a model does not know get the items with the most
 * train interactions.
 *
 * <p>One shard of users is one element; workers hold a shard's train blocks and the models. Equal
 * scores stand in item index order, new items ({@link #withNewItems}) behind the others. Fewer than
 * K items where fewer are left.
 */
@AutoValue
public abstract class RecommendTopK
    extends PTransform<PCollection<String>, PCollection<Recommendation>> {
  abstract int k();

  abstract JoinHistories histories();

  abstract Views views();

  /** What all shards are scored with. */
  record Views(
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers,
      PCollectionView<Map<String, Long>> itemCounts,
      @Nullable PCollectionView<List<ItemFeatures>> newItems)
      implements Serializable {
    List<PCollectionView<?>> all() {
      List<PCollectionView<?>> all =
          new ArrayList<>(List.of(models, itemIds, firstUsers, itemCounts));
      if (newItems != null) {
        all.add(newItems);
      }
      return all;
    }
  }

  /**
   * @param k length of the lists, at least 1
   * @param histories which users get lists, and by what
   * @param models the fitted models
   * @param itemIds the indexed items in index order
   * @param firstUsers the index of the first user of each shard
   * @param itemCounts train interactions by item
   */
  public static RecommendTopK of(
      int k,
      JoinHistories histories,
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers,
      PCollectionView<Map<String, Long>> itemCounts) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
    return new AutoValue_RecommendTopK(
        k, histories, new Views(models, itemIds, firstUsers, itemCounts, null));
  }

  /**
   * Has more items in histories and lists than the models were fitted on, for models that know
   * items by their content.
   *
   * @param items by the feature spec that the models were fitted with, such as are indexed among
   *     them; all must fit in memory
   */
  public RecommendTopK withNewItems(PCollectionView<List<ItemFeatures>> items) {
    return new AutoValue_RecommendTopK(
        k(),
        histories(),
        new Views(
            views().models(),
            views().itemIds(),
            views().firstUsers(),
            views().itemCounts(),
            items));
  }

  @Override
  public PCollection<Recommendation> expand(PCollection<String> trainFiles) {
    return trainFiles
        .apply("JoinHistories", histories().awaiting(views().all()))
        .apply(
            "Recommend",
            ParDo.of(new RecommendFn(k(), histories().reader(), views()))
                .withSideInputs(views().all()))
        .setCoder(AvroCoder.specific(Recommendation.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("k", k()));
  }
}
