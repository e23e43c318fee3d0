package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.schemas.Champion;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that a finished run has published; checked.
 *
 * @param run where its run lies
 * @param manifest what its run was
 * @param artifact the model, by the path where it lies now
 */
record PublishedModel(RunFiles run, RunManifest manifest, ModelArtifact artifact) {
  private static final Pattern SHARDS = Pattern.compile(".*-of-([0-9]{1,9})\\.avro");
  private static final int MOST_SHARDS = 4096;
  private static final String MIN_RATING = "minRating";
  private static final String NUMBER = "-?[0-9]{1,10}(\\.[0-9]{1,20})?(E-?[0-9]{1,2})?";

  /**
   * The model that the options name, or the champion. What was found is put into the options, so
   * that the run's claim says which model it was.
   *
   * @throws UsageException if there is no such model, or its run is not to be trusted
   */
  static <O extends ServingOptions & WorkflowOptions> PublishedModel pin(O options) {
    try {
      PublishedRuns runs = new PublishedRuns(options.getOutput());
      if (options.getModel() == null) {
        take(runs.requireChampion(), options);
      }
      RunFiles run = runs.require(options.getModel());
      options.setModelName(name(options, runs.models(run)));
      PublishedModel model = of(options);
      String provider = model.artifact().getProvider();
      if (!RankingModels.onClassPath().names().contains(provider)) {
        throw new UsageException(
            "--model=%s: its model %s is of kind %s: put the jar that has it on the class path"
                .formatted(options.getModel(), options.getModelName(), provider));
      }
      return model;
    } catch (IOException e) {
      throw new UsageException("--model: cannot be read: " + RunnerSupports.inWordsOrItsOwn(e));
    }
  }

  private static void take(Champion champion, ServingOptions options) {
    options.setModel(champion.getRunId());
    if (options.getModelName() == null) {
      options.setModelName(champion.getModel());
    }
  }

  private static String name(ServingOptions options, List<String> models) {
    String name = options.getModelName();
    if (name == null && models.size() == 1) {
      return models.get(0);
    }
    if (name == null || !models.contains(name)) {
      throw new UsageException(
          "modelName",
          name,
          "one of the models of run %s: %s"
              .formatted(options.getModel(), String.join(", ", models)),
          name == null ? null : Nearest.to(name, models).orElse(null));
    }
    return name;
  }

  /** The model that was pinned. */
  static <O extends ServingOptions & WorkflowOptions> PublishedModel of(O options)
      throws IOException {
    RunFiles run =
        new RunFiles(new Folder(RunDirectory.pathOf(options.getOutput(), options.getModel())));
    Folder folder = run.model(options.getModelName());
    // it may have been moved since it was written
    ModelArtifact artifact =
        ModelArtifact.newBuilder(AvroJsonReader.read(folder, "config.json", ModelArtifact.class))
            .setPath(folder.path())
            .build();
    PublishedModel model =
        new PublishedModel(
            run, AvroJsonReader.read(run.root(), "manifest.json", RunManifest.class), artifact);
    model.requireSound(options.getModelName());
    return model;
  }

  /** What a file of the run says of itself must fit where it lies. */
  private void requireSound(String name) throws IOException {
    if (!artifact.getModel().equals(name)) {
      throw new IOException(
          run.model(name).file("config.json") + " is of another model than its folder's name says");
    }
    String rating = manifest.getOptions().getOrDefault(MIN_RATING, "0");
    if (!rating.matches(NUMBER)) {
      throw new IOException(
          run.root().file("manifest.json") + " has a --minRating that is no number");
    }
    shards();
  }

  /** Into how many shards its run spread the users. */
  int shards() throws IOException {
    return shards(run);
  }

  static int shards(RunFiles run) throws IOException {
    List<String> files = run.index().list("users-*.avro");
    if (files.isEmpty()) {
      return 1;
    }
    Matcher name = SHARDS.matcher(files.get(0));
    int shards = name.matches() ? Integer.parseInt(name.group(1)) : 0;
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new IOException(run.index().file(files.get(0)) + " has no name of a shard");
    }
    return shards;
  }

  /** The rating that an interaction needed to be taken; NaN if any would do. */
  double minRating() {
    return Double.parseDouble(manifest.getOptions().getOrDefault(MIN_RATING, "NaN"));
  }

  /** The files that say what the model is, for the manifest of whoever reads it. */
  List<String> patterns() {
    return List.of(run.model(artifact.getModel()).file("*"), run.index().file("*"));
  }
}
