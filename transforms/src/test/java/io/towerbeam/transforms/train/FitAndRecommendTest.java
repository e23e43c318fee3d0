package io.towerbeam.transforms.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.Blocks;
import io.towerbeam.ml.data.SplitRule;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.transforms.embed.MaterializeEmbeddings;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.IndexIds;
import io.towerbeam.transforms.prepare.JoinHistories;
import io.towerbeam.transforms.prepare.ShardByUser;
import io.towerbeam.transforms.prepare.TrainFiles;
import io.towerbeam.transforms.prepare.WarmSplit;
import io.towerbeam.transforms.recommend.RecommendNewItems;
import io.towerbeam.transforms.recommend.RecommendTopK;
import io.towerbeam.transforms.write.RunFiles;
import io.towerbeam.transforms.write.WriteShards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableComparator;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From training shards on disk to lists and vectors, with a model that is easy to foretell. */
@ExtendWith(TestPipelineExtension.class)
class FitAndRecommendTest {
  private static final Coder<Map<String, Long>> COUNTS =
      MapCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

  @TempDir Path temp;

  private PCollectionTuple split;
  private PCollectionTuple index;
  private PCollection<String> trainFiles;
  private PCollectionTuple fitted;
  private PCollectionView<List<ModelArtifact>> models;
  private PCollectionView<List<String>> itemIds;
  private PCollectionView<Map<Integer, Long>> firstUsers;

  private RunFiles run() {
    return new RunFiles(new Folder(temp.toString()));
  }

  /** Train: u has items 1 and 2, v has 1 and 10; test: u. One shard, so u is user 0, v user 1. */
  private void fit(TestPipeline pipeline, String... names) {
    split =
        pipeline
            .apply(
                "Events",
                Create.of(Blocks.of("u 1 1 3", "u 2 2", "v 1 1", "v 10 5", "u 10 50"))
                    .withCoder(AvroCoder.specific(InteractionBlock.class)))
            .apply(ShardByUser.into(1))
            .get(ShardByUser.BLOCKS)
            .apply(WarmSplit.atTime(10).withRule(new SplitRule(1, 1, 1)));
    index = split.apply(IndexIds.create());
    PCollection<KV<String, Long>> shards =
        write(
            "Shards",
            InteractionBlock.class,
            split.get(WarmSplit.TRAIN),
            run().data(),
            block -> WriteShards.name("train", block.getShard(), 1),
            (a, b) -> Long.compare(a.getOffset(), b.getOffset()));
    trainFiles = shards.apply("TrainFiles", TrainFiles.written());
    PCollection<KV<String, Long>> items =
        write(
            "Items",
            IndexEntry.class,
            index.get(IndexIds.ITEMS),
            run().index(),
            entry -> "items-0.avro",
            (a, b) -> Integer.compare(a.getIndex(), b.getIndex()));
    PCollectionView<Map<String, Long>> counts =
        pipeline
            .apply(
                "Counts",
                Create.of(
                        List.of(
                            Map.of("train_users", 2L, "train_items", 3L, "train_interactions", 4L)))
                    .withCoder(COUNTS))
            .apply(View.asSingleton());
    FitSettings settings = new FitSettings(run(), new HashMap<>(), 42, DeviceChoice.CPU, false, 1);
    fitted =
        pipeline
            .apply("Models", Create.of(List.of(names)).withCoder(StringUtf8Coder.of()))
            .apply(Wait.on(shards, items))
            .apply(FitRankingModel.of(settings, counts));
    models = fitted.get(FitRankingModel.ARTIFACTS).apply("ModelList", View.asList());
    itemIds = index.get(IndexIds.ITEM_IDS).apply("ItemIds", View.asSingleton());
    firstUsers = index.get(IndexIds.FIRST_USERS).apply("FirstUsers", View.asSingleton());
  }

  private static <T extends SpecificRecord> PCollection<KV<String, Long>> write(
      String step,
      Class<T> type,
      PCollection<T> records,
      Folder folder,
      SerializableFunction<T, String> name,
      SerializableComparator<T> order) {
    return records
        .apply(
            step + "Name",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(type)))
                .via(record -> KV.of(name.apply(record), record)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(type)))
        .apply(step, WriteShards.of(type, folder, order));
  }

  @Test
  void listsHoldTheBestItemsThatTheUserDoesNotHave(TestPipeline pipeline) {
    fit(pipeline, "sum-of-indexes");
    PAssert.that(trainFiles.apply(recommendTo(split.get(WarmSplit.TEST))))
        .containsInAnyOrder(
            new Recommendation("sum-of-indexes", "u", List.of(new RecommendedItem("10", 2f))));
    pipeline.run().waitUntilFinish();
  }

  private RecommendTopK recommendTo(PCollection<InteractionBlock> users) {
    PCollectionView<Map<String, Long>> itemCounts =
        split.get(WarmSplit.ITEM_COUNTS).apply("ItemCounts", View.asSingleton());
    return RecommendTopK.of(
        2, JoinHistories.ofUsers(users), models, itemIds, firstUsers, itemCounts);
  }

  @Test
  void aUserThatTheModelDoesNotKnowGetsTheMostPopularItems(TestPipeline pipeline) {
    fit(pipeline, "sum-of-indexes");
    PCollection<InteractionBlock> stranger =
        pipeline.apply(
            "Stranger",
            Create.of(Blocks.of("w 99 50")).withCoder(AvroCoder.specific(InteractionBlock.class)));
    // item 1 was taken twice; 2 and 10 once, and 2 comes first
    PAssert.that(trainFiles.apply(recommendTo(stranger)))
        .containsInAnyOrder(
            new Recommendation(
                "sum-of-indexes",
                "w",
                List.of(new RecommendedItem("1", 2f), new RecommendedItem("2", 1f))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void newItemsAreRankedAmongThemselves(TestPipeline pipeline) {
    fit(pipeline, "sum-of-indexes");
    PCollectionView<List<ItemFeatures>> newItems =
        pipeline
            .apply(
                "NewItems",
                Create.of(
                        new ItemFeatures("40", List.of(8f, 0f)),
                        new ItemFeatures("30", List.of(9f, 0f)),
                        new ItemFeatures("7", List.of(8f, 0f)),
                        new ItemFeatures("20", List.of(7f, 0f)))
                    .withCoder(AvroCoder.specific(ItemFeatures.class)))
            .apply("NewItemList", View.asList());
    // v has taken item 30; of w nothing is known, and so there is no list
    PCollection<InteractionBlock> users =
        blocks(pipeline, "Users", Blocks.inShard(0, 0, "u 40 50", "v 20 50", "w 20 50"));
    PCollection<InteractionBlock> taken = blocks(pipeline, "Taken", Blocks.inShard(0, 0, "v 30 4"));
    PAssert.that(
            trainFiles.apply(
                RecommendNewItems.of(
                    2,
                    JoinHistories.ofUsers(users).withGiven(taken),
                    models,
                    newItems,
                    itemIds,
                    firstUsers)))
        .containsInAnyOrder(
            new Recommendation(
                "sum-of-indexes",
                "u",
                List.of(new RecommendedItem("30", 9f), new RecommendedItem("7", 8f))),
            new Recommendation(
                "sum-of-indexes",
                "v",
                List.of(new RecommendedItem("7", 9f), new RecommendedItem("40", 9f))));
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<InteractionBlock> blocks(
      TestPipeline pipeline, String step, InteractionBlock block) {
    return pipeline.apply(
        step, Create.of(block).withCoder(AvroCoder.specific(InteractionBlock.class)));
  }

  @Test
  void vectorsAreMadeOfAllTrainUsersAndItems(TestPipeline pipeline) {
    fit(pipeline, "sum-of-indexes");
    PCollectionTuple embeddings =
        trainFiles.apply(
            MaterializeEmbeddings.of(
                fitted.get(FitRankingModel.ARTIFACTS), models, itemIds, firstUsers));
    PAssert.that(embeddings.get(MaterializeEmbeddings.USERS))
        .containsInAnyOrder(
            List.of(
                KV.of(0, new Embedding("u", "sum-of-indexes", List.of(1f, 0f))),
                KV.of(0, new Embedding("v", "sum-of-indexes", List.of(1f, 1f)))));
    PAssert.that(embeddings.get(MaterializeEmbeddings.ITEMS))
        .containsInAnyOrder(
            List.of(
                KV.of(0, new Embedding("1", "sum-of-indexes", List.of(0f, 1f))),
                KV.of(0, new Embedding("2", "sum-of-indexes", List.of(1f, 1f))),
                KV.of(0, new Embedding("10", "sum-of-indexes", List.of(2f, 1f)))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aModelThatCannotBeFittedFailsAlone(TestPipeline pipeline) {
    fit(pipeline, "unfittable", "sum-of-indexes");
    PAssert.that(fitted.get(FitRankingModel.FAILURES))
        .containsInAnyOrder(new ModelFailure("unfittable", "the matrix is singular"));
    PAssert.that(fitted.get(FitRankingModel.ARTIFACTS))
        .satisfies(
            artifacts -> {
              assertThat(artifacts)
                  .singleElement()
                  .satisfies(
                      artifact -> {
                        assertThat(artifact.getModel()).isEqualTo("sum-of-indexes");
                        assertThat(artifact.getParameters()).isEqualTo(Map.of("unused", .5));
                        assertThat(artifact.getTraining().getEpochs()).isZero();
                      });
              return null;
            });
    pipeline.run().waitUntilFinish();
    assertThat(temp.resolve("model/unfittable/config.json")).doesNotExist();
  }

  @Test
  void aFinishedModelIsNotFittedAgain(TestPipeline pipeline) throws Exception {
    Path config = temp.resolve("model/unfittable/config.json");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        """
        {"model": "unfittable", "provider": "unfittable", "path": "p", "parameters": {}, "seed": 42,
         "training": {"seconds": 1.0, "epochs": 0, "examples_per_second": 0.0}}
        """);
    fit(pipeline, "unfittable");
    PAssert.that(fitted.get(FitRankingModel.FAILURES)).empty();
    PAssert.that(fitted.get(FitRankingModel.ARTIFACTS))
        .satisfies(
            artifacts -> {
              assertThat(artifacts).extracting(ModelArtifact::getPath).containsExactly("p");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
