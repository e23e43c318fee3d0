package io.towerbeam.transforms.recommend;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.prepare.JoinHistories;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * For some users the K best of the items that the models were not fitted on, ranked among
 * themselves: by the models that make vectors of content, for the users that they know. Others give
 * no lists. What a user is known to have taken of them stays out of the user's list.
 *
 * <p>One shard of users is one element; workers hold a shard's train blocks, the models and the
 * items' features. Equal scores stand in id order. Fewer than K items where there are fewer.
 */
@AutoValue
public abstract class RecommendNewItems
    extends PTransform<PCollection<String>, PCollection<Recommendation>> {
  abstract int k();

  abstract JoinHistories histories();

  abstract Views views();

  /** What all shards are scored with. */
  record Views(
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<ItemFeatures>> newItems,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers)
      implements Serializable {
    List<PCollectionView<?>> all() {
      return List.of(models, newItems, itemIds, firstUsers);
    }
  }

  /**
   * @param k length of the lists, at least 1
   * @param histories which users get lists, and by what
   * @param models the fitted models
   * @param newItems the items, in any order, by the feature spec that the models were fitted with
   * @param itemIds the indexed items in index order
   * @param firstUsers the index of the first user of each shard
   */
  public static RecommendNewItems of(
      int k,
      JoinHistories histories,
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<ItemFeatures>> newItems,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
    return new AutoValue_RecommendNewItems(
        k, histories, new Views(models, newItems, itemIds, firstUsers));
  }

  @Override
  public PCollection<Recommendation> expand(PCollection<String> trainFiles) {
    return trainFiles
        .apply("JoinHistories", histories().awaiting(views().all()))
        .apply(
            "Recommend",
            ParDo.of(new RecommendNewItemsFn(k(), histories().reader(), views()))
                .withSideInputs(views().all()))
        .setCoder(AvroCoder.specific(Recommendation.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("k", k()));
  }
}
