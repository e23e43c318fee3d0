package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import org.apache.beam.sdk.Pipeline;

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
    LocalGpu.require(options);
    InputSource.validate(options);
    ModelChoice.of(options);
    ResultTables.validate(options);
  }

  @Override
  public void build(Pipeline pipeline, LeaderboardOptions options) {
    RunFiles run = RunDirectory.of(options).files();
    InputSource source = InputSource.of(options);
    PrepareSettings settings = PrepareSettings.of(options).withUnseen(options);
    PreparedData data =
        pipeline.apply(
            "Prepare", PrepareData.of(source, settings, DataGate.of(this, options, source)));
    FittedModels fitted =
        FittedModels.of(FitModels.of(ModelChoice.of(options), options, data), data)
            .withVectors(options, settings.shards(), data);
    JudgedModels judged = JudgedModels.of(this, options, source, settings, data, fitted, null);
    judged.results().apply("Publish", judged.publication(this, options, source, data, fitted));
  }
}
