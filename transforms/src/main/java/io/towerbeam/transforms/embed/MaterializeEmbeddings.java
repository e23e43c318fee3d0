package io.towerbeam.transforms.embed;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.prepare.JoinHistories;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The vectors of the users of the train side, whose files it takes, and of all indexed items, or of
 * others, for the models whose score is a dot product; other models give none. The dot product of a
 * user's and an item's vector is the model's score.
 *
 * <p>One shard of users is one element; workers hold a shard's train blocks and the models.
 */
@AutoValue
public abstract class MaterializeEmbeddings
    extends PTransform<PCollection<String>, PCollectionTuple> {
  /** (shard, vector) of the users that the model knows. */
  public static final TupleTag<KV<Integer, Embedding>> USERS = new TupleTag<>("users") {};

  /** (0, vector) of the items. */
  public static final TupleTag<KV<Integer, Embedding>> ITEMS = new TupleTag<>("items") {};

  /** The ids of users that a model does not know and has no vector for, once per such model. */
  public static final TupleTag<String> UNKNOWN_USERS = new TupleTag<>("unknownUsers") {};

  abstract PCollection<ModelArtifact> artifacts();

  abstract PCollectionView<List<ModelArtifact>> models();

  abstract PCollectionView<List<String>> itemIds();

  abstract PCollectionView<Map<Integer, Long>> firstUsers();

  abstract JoinHistories histories();

  abstract @Nullable PCollection<ItemFeatures> items();

  /**
   * @param artifacts the fitted models
   * @param models the same as a view
   * @param itemIds the indexed items in index order
   * @param firstUsers the index of the first user of each shard
   */
  public static MaterializeEmbeddings of(
      PCollection<ModelArtifact> artifacts,
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers) {
    return new AutoValue_MaterializeEmbeddings(
        artifacts, models, itemIds, firstUsers, JoinHistories.ofAllUsers(), null);
  }

  /** Vectors of these users rather than of all of the train side. */
  public MaterializeEmbeddings withHistories(JoinHistories histories) {
    return new AutoValue_MaterializeEmbeddings(
        artifacts(), models(), itemIds(), firstUsers(), histories, items());
  }

  /**
   * Vectors of these items rather than of the indexed ones: of those that are indexed the model's
   * own, of others by their features. Where others stand in histories they count, if the model
   * knows items by their content; their features must fit in memory.
   *
   * @param items made by the feature spec that the models were fitted with
   */
  public MaterializeEmbeddings withItems(PCollection<ItemFeatures> items) {
    return new AutoValue_MaterializeEmbeddings(
        artifacts(), models(), itemIds(), firstUsers(), histories(), items);
  }

  @Override
  public PCollectionTuple expand(PCollection<String> trainFiles) {
    KvCoder<Integer, Embedding> coder =
        KvCoder.of(VarIntCoder.of(), AvroCoder.specific(Embedding.class));
    PCollectionView<List<ItemFeatures>> newItems =
        items() == null ? null : items().apply("NewItems", View.asList());
    List<PCollectionView<?>> views = new ArrayList<>(List.of(models(), itemIds(), firstUsers()));
    if (newItems != null) {
      views.add(newItems);
    }
    PCollectionTuple users =
        trainFiles
            .apply("JoinHistories", histories().awaiting(views))
            .apply(
                "EmbedUsers",
                ParDo.of(
                        new EmbedUsersFn(
                            models(), itemIds(), firstUsers(), newItems, histories().reader()))
                    .withSideInputs(views)
                    .withOutputTags(USERS, TupleTagList.of(UNKNOWN_USERS)));
    users.get(USERS).setCoder(coder);
    users.get(UNKNOWN_USERS).setCoder(StringUtf8Coder.of());
    PCollection<KV<Integer, Embedding>> vectors =
        items() == null
            ? artifacts()
                .apply(
                    "EmbedItems", ParDo.of(new EmbedItemsFn(itemIds())).withSideInputs(itemIds()))
            : items().apply("EmbedGivenItems", new EmbedGivenItems(models(), itemIds()));
    return users.and(ITEMS, vectors.setCoder(coder));
  }
}
