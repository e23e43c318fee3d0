package io.towerbeam.pipelines.run;

import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.RunFiles;
import java.io.Serializable;

/**
 * The names of a run's files, {@code <output>/runs/<runId>/…}, as paths for Beam's file systems.
 * Folders are given without a slash at their end. Serializable and immutable; touches no file.
 *
 * @param output the folder that holds the runs
 * @param runId the run's name
 */
public record RunDirectory(String output, String runId) implements Serializable {
  public RunDirectory {
    output = withoutTrailingSlash(output);
  }

  /**
   * The run that the options name.
   *
   * @throws IllegalStateException if no run id is set: the launcher does so before it validates
   */
  public static RunDirectory of(WorkflowOptions options) {
    if (options.getRunId() == null) {
      throw new IllegalStateException("the options name no run: set runId");
    }
    return new RunDirectory(options.getOutput(), options.getRunId());
  }

  /**
   * The path of a run that another one names.
   *
   * @param run its id, or its directory, which has a slash in it
   */
  public static String pathOf(String output, String run) {
    return run.contains("/") ? withoutTrailingSlash(run) : new RunDirectory(output, run).path();
  }

  /** Where the transforms read and write. */
  public RunFiles files() {
    return new RunFiles(new Folder(path()));
  }

  /** The run's own folder. */
  public String path() {
    return output + "/runs/" + runId;
  }

  /** Options fingerprint and start time, written first. */
  public String claim() {
    return file("claim.json");
  }

  /** Held, on a local disk, while somebody works on the run. */
  public String lock() {
    return file(".lock");
  }

  /** The evaluation results as one JSON array. */
  public String resultsJson() {
    return file("results/results.json");
  }

  /** Whether the model was made the champion, and by which numbers. */
  public String promotionJson() {
    return file("results/promotion.json");
  }

  /** The results as a page for people. */
  public String report() {
    return file("report/index.html");
  }

  /** The trials of a search as one JSON array. */
  public String trialsJson() {
    return file("trials/trials.json");
  }

  /** The folder of rejected rows. */
  public String deadLetter() {
    return file("dead-letter");
  }

  /** What the run was and read. */
  public String manifest() {
    return file("manifest.json");
  }

  /** The verdict. */
  public String outcome() {
    return file("outcome.json");
  }

  /** Written last: readers trust nothing without it. */
  public String success() {
    return file("_SUCCESS");
  }

  /** The stack trace of a run that broke. */
  public String errorLog() {
    return file("error.log");
  }

  private String file(String name) {
    return path() + "/" + name;
  }

  private static String withoutTrailingSlash(String folder) {
    int end = folder.length();
    while (end > 1 && folder.charAt(end - 1) == '/') {
      end--;
    }
    return folder.substring(0, end);
  }
}
