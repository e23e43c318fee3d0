package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.TrainFiles;
import io.towerbeam.transforms.write.Champions;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The champion that a challenger has to be compared with.
 *
 * @param record its place in the line
 * @param run where its run lies
 * @param artifact the model, with all parameters that its provider has by now
 * @param lastTime of the interactions that it learnt from, seconds since the epoch; null if its run
 *     is not finished, and so no model of it can be asked for lists
 */
record ChampionModel(
    Champions.Numbered record, RunFiles run, ModelArtifact artifact, @Nullable Long lastTime)
    implements Serializable {

  /** It cannot be compared with. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(Champions.Numbered record, String why) {
      super("champion %s, run %s: %s".formatted(record.label(), record.champion().getRunId(), why));
    }
  }

  /**
   * Reads what its run left.
   *
   * @throws Unusable if that is gone, damaged, or of a model that is not known here
   */
  static ChampionModel of(Champions champions, Champions.Numbered record) throws Unusable {
    RunFiles run = champions.runOf(record.champion());
    Folder folder = run.model(record.champion().getModel());
    try {
      if (!folder.exists("config.json")) {
        throw new Unusable(record, "its model is gone from " + folder.path());
      }
      ModelArtifact artifact =
          completed(AvroJsonReader.read(folder, "config.json", ModelArtifact.class));
      return new ChampionModel(
          record,
          run,
          ModelArtifact.newBuilder(artifact).setPath(folder.path()).build(),
          lastTime(run));
    } catch (IOException | IllegalArgumentException e) {
      String why = RunnerSupports.inWordsOrItsOwn(e).lines().findFirst().orElse("");
      throw new Unusable(record, "%s cannot be used: %s".formatted(folder.path(), why));
    }
  }

  /** With the defaults of parameters that came since it was fitted. */
  private static ModelArtifact completed(ModelArtifact artifact) {
    RankingModels known = RankingModels.onClassPath();
    if (!known.names().contains(artifact.getProvider())) {
      throw new IllegalArgumentException(
          "its model is of kind %s, which is not on the class path"
              .formatted(artifact.getProvider()));
    }
    Map<String, String> given =
        artifact.getParameters().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, value -> value.getValue().toString()));
    RankingModelProvider provider = known.get(artifact.getProvider());
    return ModelArtifact.newBuilder(artifact)
        .setParameters(ParameterValues.of(provider.parameters(), given).asMap())
        .build();
  }

  private static @Nullable Long lastTime(RunFiles run) throws IOException {
    boolean canBeServed =
        run.root().exists("_SUCCESS") && !run.data().list(TrainFiles.PATTERN).isEmpty();
    return canBeServed
        ? AvroJsonReader.read(run.root(), "manifest.json", RunManifest.class)
            .getCounts()
            .get("split_time")
        : null;
  }

  /** Its name among the results, as it serves. */
  String name() {
    return "champion-" + record.label();
  }

  /** Its name among the results, if its configuration is fitted on the challenger's rows. */
  String refitName() {
    return name() + "-refit";
  }

  boolean needsAccelerator() {
    return RankingModels.onClassPath().get(artifact.getProvider()).needsAccelerator();
  }

  /**
   * Whether it learnt from rows that challengers are judged by.
   *
   * @param counts those of the challenger's split
   */
  boolean knowsMoreThan(Map<String, Long> counts) {
    return lastTime == null || counts.get("split_time") < lastTime;
  }
}
