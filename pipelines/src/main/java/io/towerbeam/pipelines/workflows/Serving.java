package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.GivenInput;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.features.EncodeItems;
import io.towerbeam.transforms.prepare.FilterInteractions;
import io.towerbeam.transforms.prepare.FilterInteractions.UnknownItems;
import io.towerbeam.transforms.prepare.JoinHistories;
import io.towerbeam.transforms.prepare.ShardByUser;
import io.towerbeam.transforms.prepare.TrainFiles;
import io.towerbeam.transforms.read.ReadAvro;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * What every workflow that serves a published model begins with: the model, what its run knows, and
 * what is given beside that.
 *
 * @param artifacts the one model
 * @param models the same as a view
 * @param data what its run knows
 * @param histories which users are served, and by what
 * @param items the given items; none without any
 * @param shards into how many shards the run spread its users
 * @param counts what was read and rejected
 * @param written the files of the run so far
 */
record Serving(
    PCollection<ModelArtifact> artifacts,
    PCollectionView<List<ModelArtifact>> models,
    ServedData data,
    JoinHistories histories,
    PCollection<Item> items,
    int shards,
    List<PCollection<KV<String, Long>>> counts,
    List<PCollection<?>> written) {

  /**
   * Makes sure that the given files can be read, and that there is somebody to serve.
   *
   * @throws UsageException if not
   */
  static void validate(ServingOptions options, PublishedModel model, GivenInput given) {
    given.validate(options);
    WantedUsers.validate(options);
    try {
      if (!given.hasInteractions() && model.run().data().list(TrainFiles.PATTERN).isEmpty()) {
        throw new UsageException(
            "--model=%s: the train side of that run is gone from %s: give users by --interactions"
                .formatted(options.getModel(), model.run().data().path()));
      }
    } catch (IOException e) {
      throw new UsageException("--model: cannot be read: " + RunnerSupports.inWordsOrItsOwn(e));
    }
  }

  /** Adds the steps. */
  static Serving of(
      Pipeline pipeline,
      ServingOptions options,
      PublishedModel model,
      GivenInput given,
      RunFiles run)
      throws IOException {
    PCollection<ModelArtifact> artifacts =
        pipeline.apply(
            "Model",
            Create.of(model.artifact()).withCoder(AvroCoder.specific(ModelArtifact.class)));
    ServedData data = ServedData.read(pipeline, model.run());
    int shards = model.shards();
    AcceptedRows rows =
        AcceptedRows.of(
            given.read(pipeline.begin()),
            filter(model, data),
            List.of(),
            InputCheck.of(options.getMaxRejectedFraction(), run, needed(given)),
            run);
    List<PCollection<KV<String, Long>>> counts = new ArrayList<>(List.of(rows.counts()));
    PCollection<InteractionBlock> wanted =
        options.getUsers() == null
            ? null
            : pipeline.apply("WantedUsers", WantedUsers.of(options.getUsers(), shards));
    PCollection<InteractionBlock> blocks = null;
    if (given.hasInteractions()) {
      PCollectionTuple sharded = rows.interactions().apply("ShardByUser", ShardByUser.into(shards));
      blocks = sharded.get(ShardByUser.BLOCKS);
      counts.add(sharded.get(ShardByUser.COUNTS));
    }
    return new Serving(
        artifacts,
        artifacts.apply("Models", View.asList()),
        data,
        histories(wanted, blocks),
        rows.items().apply("AfterItemCheck", Wait.on(rows.counts())),
        shards,
        List.copyOf(counts),
        List.of(rows.deadLetters()));
  }

  /** The given items as the model was taught to see items. */
  PCollection<ItemFeatures> itemFeatures(Pipeline pipeline, PublishedModel model) {
    PCollection<FeatureSpec> spec =
        pipeline.apply(
            "ReadFeatureSpec",
            ReadAvro.of(FeatureSpec.class, model.run().features().file("feature-spec.avro")));
    return items.apply(
        "EncodeItems", EncodeItems.with(spec.apply("FeatureSpec", View.asSingleton())));
  }

  /** As in training: what is rated too low is left out; items that are not indexed are counted. */
  private static FilterInteractions filter(PublishedModel model, ServedData data) {
    FilterInteractions filter =
        FilterInteractions.create().withCatalogue(data.knownItems(), UnknownItems.KEEP);
    return Double.isNaN(model.minRating()) ? filter : filter.withMinRating(model.minRating());
  }

  private static JoinHistories histories(
      PCollection<InteractionBlock> wanted, PCollection<InteractionBlock> given) {
    if (given == null) {
      return wanted == null ? JoinHistories.ofAllUsers() : JoinHistories.ofUsers(wanted);
    }
    return JoinHistories.ofUsers(wanted == null ? given : wanted).withGiven(given);
  }

  /** The counts that must not be nought. */
  private static List<String> needed(GivenInput given) {
    List<String> needed = new ArrayList<>();
    if (given.hasInteractions()) {
      needed.add(InputCheck.INTERACTIONS);
    }
    if (given.hasItems()) {
      needed.add(InputCheck.ITEMS);
    }
    return needed;
  }
}
