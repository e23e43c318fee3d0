package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.embed.MaterializeEmbeddings;
import io.towerbeam.transforms.evaluate.EvaluateRanking;
import io.towerbeam.transforms.features.BuildItemFeatures;
import io.towerbeam.transforms.recommend.RecommendTopK;
import io.towerbeam.transforms.train.TrainTwoTower;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/** Fits models on one split and judges them all by the same test users. */
public final class LeaderboardWorkflow implements Workflow<LeaderboardOptions> {
  @Override
  public String name() {
    return "leaderboard";
  }

  @Override
  public String description() {
    return "Fit models on one split of the data and rank them by the same test users";
  }

  @Override
  public Class<LeaderboardOptions> optionsType() {
    return LeaderboardOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    return InputSource.artifacts();
  }

  @Override
  public List<Artifact> outputs() {
    return Outputs.ofLeaderboard();
  }

  @Override
  public void validate(LeaderboardOptions options) {
    InputSource.validate(options);
    ModelChoice.of(options);
    LocalGpu.require(options);
  }

  @Override
  public void build(Pipeline pipeline, LeaderboardOptions options) {
    RunFiles run = RunDirectory.of(options).files();
    InputSource source = InputSource.of(options);
    PrepareSettings settings = PrepareSettings.of(options);
    PreparedData data = pipeline.apply("Prepare", PrepareData.of(source, settings, run));
    List<PCollection<?>> written = new ArrayList<>(data.written());

    BuildItemFeatures.Result features =
        data.items().apply("BuildItemFeatures", BuildItemFeatures.create());
    written.add(features.spec().apply("WriteFeatureSpec", RunWriters.featureSpec(run)));
    written.add(features.features().apply("WriteItemFeatures", RunWriters.itemFeatures(run)));

    PCollectionTuple fitted =
        data.countMap().apply("FitModels", FitModels.of(options, run, data.counts(), written));
    PCollection<ModelArtifact> artifacts = fitted.get(TrainTwoTower.ARTIFACTS);
    PCollectionView<List<ModelArtifact>> models = artifacts.apply("Models", View.asList());

    PCollectionTuple embeddings =
        data.train()
            .apply(
                "MaterializeEmbeddings",
                MaterializeEmbeddings.of(artifacts, models, data.itemIds(), data.firstUsers()));
    written.add(
        embeddings
            .get(MaterializeEmbeddings.USERS)
            .apply("WriteUserVectors", RunWriters.embeddings(run, "users", settings.shards())));
    written.add(
        embeddings
            .get(MaterializeEmbeddings.ITEMS)
            .apply("WriteItemVectors", RunWriters.embeddings(run, "items", 1)));

    PCollection<InteractionBlock> judged =
        PCollectionList.of(data.test())
            .and(data.excluded())
            .apply("TestAndExcluded", Flatten.pCollections());
    PCollection<Recommendation> lists =
        data.train()
            .apply(
                "RecommendTopK",
                RecommendTopK.of(
                    Collections.max(options.getK()),
                    judged,
                    models,
                    data.itemIds(),
                    data.firstUsers(),
                    data.itemCounts()));
    written.add(lists.apply("WriteLists", RunWriters.recommendations(run, settings.shards())));

    PCollectionTuple evaluated =
        lists.apply("EvaluateRanking", Evaluation.of(options, source, settings, data));
    PCollection<ModelFailure> failures =
        PCollectionList.of(fitted.get(TrainTwoTower.FAILURES))
            .and(evaluated.get(EvaluateRanking.FAILURES))
            .apply("AllFailures", Flatten.pCollections());
    written.add(
        evaluated
            .get(EvaluateRanking.RESULTS)
            .apply(
                "WriteReport",
                Reporting.of(this, options, source, data)
                    .setArtifacts(artifacts)
                    .setFailures(failures)
                    .setEpochs(fitted.get(TrainTwoTower.EPOCHS))
                    .setLists(lists)
                    .build()));
    evaluated
        .get(EvaluateRanking.RESULTS)
        .apply(
            "Publish",
            Publication.of(this, options, source)
                .setArtifacts(artifacts)
                .setFailures(failures)
                .setCounts(data.counts())
                .setWritten(written)
                .build());
  }
}
