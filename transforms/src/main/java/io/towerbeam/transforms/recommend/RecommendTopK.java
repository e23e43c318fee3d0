package io.towerbeam.transforms.recommend;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.prepare.ByShard;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Every model's K best items for the users of some blocks (the test side, say), by their histories
 * in the train blocks; a user's own train items are left out where the model says so. Users that a
 * model does not know get the items with the most train interactions.
 *
 * <p>One shard of users is one element; workers hold a shard's train blocks and the models. Equal
 * scores stand in item index order. Fewer than K items where fewer are left.
 */
@AutoValue
public abstract class RecommendTopK
    extends PTransform<PCollection<InteractionBlock>, PCollection<Recommendation>> {
  static final TupleTag<InteractionBlock> HISTORIES = new TupleTag<>("histories") {};
  static final TupleTag<InteractionBlock> WANTED = new TupleTag<>("wanted") {};

  abstract int k();

  abstract PCollection<InteractionBlock> users();

  abstract Views views();

  /** What all shards are scored with. */
  record Views(
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers,
      PCollectionView<Map<String, Long>> itemCounts)
      implements Serializable {}

  /**
   * @param k length of the lists, at least 1
   * @param users blocks whose users get lists; sharded as the train blocks are
   * @param models the fitted models
   * @param itemIds the indexed items in index order
   * @param firstUsers the index of the first user of each shard
   * @param itemCounts train interactions by item
   */
  public static RecommendTopK of(
      int k,
      PCollection<InteractionBlock> users,
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers,
      PCollectionView<Map<String, Long>> itemCounts) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
    return new AutoValue_RecommendTopK(
        k, users, new Views(models, itemIds, firstUsers, itemCounts));
  }

  @Override
  public PCollection<Recommendation> expand(PCollection<InteractionBlock> train) {
    return KeyedPCollectionTuple.of(HISTORIES, train.apply("TrainByShard", ByShard.keys()))
        .and(WANTED, users().apply("UsersByShard", ByShard.keys()))
        // (shard, [train block], [block of wanted users])
        .apply("JoinShards", CoGroupByKey.create())
        .apply(
            "Recommend",
            ParDo.of(new RecommendFn(k(), views()))
                .withSideInputs(
                    views().models(),
                    views().itemIds(),
                    views().firstUsers(),
                    views().itemCounts()))
        .setCoder(AvroCoder.specific(Recommendation.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("k", k()));
  }
}
