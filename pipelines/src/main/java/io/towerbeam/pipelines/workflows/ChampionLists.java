package io.towerbeam.pipelines.workflows;

import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.files.BlockCoder;
import io.towerbeam.transforms.prepare.JoinHistories;
import io.towerbeam.transforms.prepare.ShardByUser;
import io.towerbeam.transforms.recommend.RecommendTopK;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The champion's lists for users of a split, as it would serve them: by its own index, from what
 * its run knows of a user and the histories up to the split time. None if it learnt from rows after
 * that time.
 */
final class ChampionLists
    extends PTransform<PCollection<InteractionBlock>, PCollection<Recommendation>> {
  private final transient ChampionModel champion;
  private final transient int k;
  private final transient PreparedData data;

  private ChampionLists(ChampionModel champion, int k, PreparedData data) {
    this.champion = champion;
    this.k = k;
    this.data = data;
  }

  /**
   * @param k length of the lists
   * @param data the challenger's split
   */
  static ChampionLists of(ChampionModel champion, int k, PreparedData data) {
    return new ChampionLists(champion, k, data);
  }

  @Override
  public PCollection<Recommendation> expand(PCollection<InteractionBlock> users) {
    ChampionModel asIs = champion; // a lambda that names the field would drag the transform along
    ModelArtifact named =
        ModelArtifact.newBuilder(champion.artifact()).setModel(champion.name()).build();
    PCollectionView<List<ModelArtifact>> models =
        data.countMap()
            .apply(
                "IfItMayBeAsked",
                FlatMapElements.into(TypeDescriptor.of(ModelArtifact.class))
                    .via(
                        (Map<String, Long> counts) ->
                            asIs.knowsMoreThan(counts) ? List.of() : List.of(named)))
            .setCoder(AvroCoder.specific(ModelArtifact.class))
            .apply("Model", View.asList());
    ServedData served = ServedData.read(users.getPipeline(), champion.run());
    return served
        .trainFiles()
        .apply(
            "RecommendTopK",
            RecommendTopK.of(
                k,
                JoinHistories.ofUsers(sharded("Users", users, models))
                    .withGiven(sharded("Histories", data.histories(), models)),
                models,
                served.itemIds(),
                served.firstUsers(),
                served.itemCounts()));
  }

  /** Spread as its run spread users; nothing if it is not asked. */
  private PCollection<InteractionBlock> sharded(
      String name,
      PCollection<InteractionBlock> blocks,
      PCollectionView<List<ModelArtifact>> models) {
    return blocks
        .apply("Any" + name, ParDo.of(new IfAskedFn(models)).withSideInputs(models))
        .setCoder(BlockCoder.of())
        .apply("Shard" + name, ShardByUser.into(shards()))
        .get(ShardByUser.BLOCKS);
  }

  private int shards() {
    try {
      return PublishedModel.shards(champion.run());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class IfAskedFn extends DoFn<InteractionBlock, InteractionBlock> {
    private final PCollectionView<List<ModelArtifact>> models;

    IfAskedFn(PCollectionView<List<ModelArtifact>> models) {
      this.models = models;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (!context.sideInput(models).isEmpty()) {
        context.output(context.element());
      }
    }
  }
}
