package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.GivenInput;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.Item;
import io.towerbeam.transforms.embed.MaterializeEmbeddings;
import io.towerbeam.transforms.read.ReadAvro;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Makes user and item vectors by a published model. */
public final class EmbedWorkflow implements Workflow<EmbedOptions> {
  @Override
  public String name() {
    return "embed";
  }

  @Override
  public String description() {
    return "Make vectors of users and items, new ones included, by a published model";
  }

  @Override
  public Class<EmbedOptions> optionsType() {
    return EmbedOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    return Inputs.ofServing();
  }

  @Override
  public List<Artifact> outputs() {
    return Outputs.ofEmbedding();
  }

  @Override
  public void validate(EmbedOptions options) {
    PublishedModel model = PublishedModel.pin(options);
    Serving.validate(options, model, given(options));
    VectorCheck.require(model, options.getItems() != null);
    ResultTables.validate(options);
  }

  @Override
  public void build(Pipeline pipeline, EmbedOptions options) {
    try {
      build(pipeline, options, PublishedModel.of(options), given(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build(
      Pipeline pipeline, EmbedOptions options, PublishedModel model, GivenInput given)
      throws IOException {
    RunFiles run = RunDirectory.of(options).files();
    Serving serving = Serving.of(pipeline, options, model, given, run);
    ServedData data = serving.data();
    MaterializeEmbeddings embed =
        MaterializeEmbeddings.of(
                serving.artifacts(), serving.models(), data.itemIds(), data.firstUsers())
            .withHistories(serving.histories());
    PCollectionTuple vectors =
        data.trainFiles()
            .apply(
                "MaterializeEmbeddings",
                given.hasItems() ? embed.withItems(serving.itemFeatures(pipeline, model)) : embed);
    PCollection<KV<Integer, Embedding>> users = vectors.get(MaterializeEmbeddings.USERS);
    PCollection<KV<Integer, Embedding>> items = vectors.get(MaterializeEmbeddings.ITEMS);

    List<PCollection<?>> written = new ArrayList<>(serving.written());
    written.add(
        users.apply("WriteUserVectors", RunWriters.embeddings(run, "users", serving.shards())));
    written.add(items.apply("WriteItemVectors", RunWriters.embeddings(run, "items", 1)));
    if (VectorIndexFiles.wanted(options)) {
      PCollection<Item> catalogue =
          given.hasItems() ? serving.items() : catalogue(pipeline, model.run());
      written.addAll(VectorIndexFiles.write(run, serving.shards(), users, items, catalogue));
    }
    written.addAll(ResultTables.ofEmbeddings(options, users, items));
    List<PCollection<KV<String, Long>>> counts = new ArrayList<>(serving.counts());
    counts.add(users.apply("CountUserVectors", new CountElements<>("user_vectors")));
    counts.add(items.apply("CountItemVectors", new CountElements<>("item_vectors")));
    counts.add(
        vectors
            .get(MaterializeEmbeddings.UNKNOWN_USERS)
            .apply("CountUnknownUsers", new CountElements<>("users_without_vector")));
    pipeline.apply("Publish", Publication.ofServing(this, options, model, given, counts, written));
  }

  private static PCollection<Item> catalogue(Pipeline pipeline, RunFiles run) {
    return pipeline.apply(
        "ReadCatalogue", ReadAvro.of(Item.class, run.features().file("catalogue-*.avro")));
  }

  private static GivenInput given(EmbedOptions options) {
    return GivenInput.of(options).withItems(options.getItems(), options);
  }
}
