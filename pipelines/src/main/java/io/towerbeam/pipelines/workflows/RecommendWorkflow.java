package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.GivenInput;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.recommend.RecommendTopK;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Makes top-K lists by a published model. */
public final class RecommendWorkflow implements Workflow<RecommendOptions> {
  @Override
  public String name() {
    return "recommend";
  }

  @Override
  public String description() {
    return "Make top-K lists for all or some users by a published model";
  }

  @Override
  public Class<RecommendOptions> optionsType() {
    return RecommendOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    return Inputs.ofServing();
  }

  @Override
  public List<Artifact> outputs() {
    return Outputs.ofRecommending();
  }

  @Override
  public void validate(RecommendOptions options) {
    PublishedModel model = PublishedModel.pin(options);
    Serving.validate(options, model, given(options));
    if (options.getItems() != null) {
      VectorCheck.requireNewItems(model);
    }
    ResultTables.validate(options);
  }

  @Override
  public void build(Pipeline pipeline, RecommendOptions options) {
    try {
      build(pipeline, options, PublishedModel.of(options), given(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GivenInput given(RecommendOptions options) {
    return GivenInput.of(options).withItems(options.getItems(), options);
  }

  private void build(
      Pipeline pipeline, RecommendOptions options, PublishedModel model, GivenInput given)
      throws IOException {
    RunFiles run = RunDirectory.of(options).files();
    Serving serving = Serving.of(pipeline, options, model, given, run);
    ServedData data = serving.data();
    RecommendTopK recommend =
        RecommendTopK.of(
            options.getK(),
            serving.histories(),
            serving.models(),
            data.itemIds(),
            data.firstUsers(),
            data.itemCounts());
    if (given.hasItems()) {
      recommend =
          recommend.withNewItems(
              serving.itemFeatures(pipeline, model).apply("NewItems", View.asList()));
    }
    PCollection<Recommendation> lists = data.trainFiles().apply("RecommendTopK", recommend);
    List<PCollection<?>> written = new ArrayList<>(serving.written());
    written.add(
        lists.apply(
            "WriteLists", RunWriters.recommendations(run.recommendations(), serving.shards())));
    written.addAll(ResultTables.ofLists(options, lists));
    List<PCollection<KV<String, Long>>> counts = new ArrayList<>(serving.counts());
    counts.add(lists.apply("CountLists", new CountElements<>("lists")));
    pipeline.apply("Publish", Publication.ofServing(this, options, model, given, counts, written));
  }
}
