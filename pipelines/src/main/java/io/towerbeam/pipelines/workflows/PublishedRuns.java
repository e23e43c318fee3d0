package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.run.RunIds;
import io.towerbeam.schemas.Champion;
import io.towerbeam.transforms.files.FilePatterns;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Champions;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * The runs of an output folder, as far as they publish models.
 *
 * @param output the folder that holds all runs
 */
record PublishedRuns(String output) {
  private static final int MOST_NAMED = 10;

  /**
   * The champion.
   *
   * @throws UsageException if there never was one
   */
  Champion requireChampion() throws IOException {
    Optional<Champions.Numbered> latest = Champions.in(new Folder(output)).serving();
    if (latest.isEmpty()) {
      throw new UsageException(
          "--model: there is no champion in %s yet: run train on your own data, or name a run; %s"
              .formatted(output, known(withModels())));
    }
    Champion champion = latest.get().champion();
    if (!RunIds.isRunId(champion.getRunId())) {
      throw new UsageException(
          "--model: champions/%s.json in %s does not name a run: name one yourself"
              .formatted(latest.get().label(), output));
    }
    return champion;
  }

  /**
   * The files of a finished run that has models.
   *
   * @throws UsageException if it is none
   */
  RunFiles require(String name) throws IOException {
    RunFiles run = new RunFiles(new Folder(RunDirectory.pathOf(output, name)));
    boolean isFinished = run.root().exists("_SUCCESS");
    if (!isFinished && !run.root().exists("claim.json")) {
      List<String> known = withModels();
      throw new UsageException(
          "--model=%s: no such run; %s%s"
              .formatted(name, known(known), Nearest.hint(name, known, "")));
    }
    if (!isFinished) {
      throw new UsageException(
          "--model=%s: that run is not finished, it has no _SUCCESS: start it again with its own"
                  .formatted(name)
              + " options, or name another one");
    }
    if (models(run).isEmpty()) {
      throw new UsageException(
          "--model=%s: that run has no model: name a run of train or leaderboard; %s"
              .formatted(name, known(withModels())));
    }
    Optional<String> link = run.root().linkOut();
    if (link.isPresent()) {
      throw new UsageException(
          "--model=%s: %s of that run is a link out of it: copy the file itself there"
              .formatted(name, link.get()));
    }
    return run;
  }

  /** The names of a run's models, sorted. */
  List<String> models(RunFiles run) throws IOException {
    return folders(run.root().file("model/*/config.json"));
  }

  /** The ids of the finished runs that have models. */
  private List<String> withModels() throws IOException {
    List<String> all = folders(output + "/runs/*/_SUCCESS");
    return all.stream().filter(this::hasModels).toList();
  }

  private boolean hasModels(String id) {
    try {
      return !models(new RunFiles(new Folder(RunDirectory.pathOf(output, id)))).isEmpty();
    } catch (IOException e) {
      return false; // it is only named as a hint
    }
  }

  private static List<String> folders(String pattern) throws IOException {
    return FilePatterns.match(pattern).stream()
        .map(Metadata::resourceId)
        .map(file -> file.getCurrentDirectory().getFilename().replace("/", ""))
        .sorted()
        .toList();
  }

  private static String known(List<String> runs) {
    if (runs.isEmpty()) {
      return "there is none yet that has a model";
    }
    List<String> last = runs.subList(Math.max(0, runs.size() - MOST_NAMED), runs.size());
    return "known are " + (last.size() < runs.size() ? "…, " : "") + String.join(", ", last);
  }
}
