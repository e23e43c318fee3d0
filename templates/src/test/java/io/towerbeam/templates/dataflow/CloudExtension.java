package io.towerbeam.templates.dataflow;

import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.cloud.JobScript;
import io.towerbeam.templates.dataflow.CloudShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fake cloud for the tests of a class, in which a leaderboard is submitted; each test has a run
 * of its own. Nearly nothing is staged, since nobody looks at it.
 */
final class CloudExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private FakeCloud cloud;
  private Path folder;
  private Path jar;
  private String runId;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    cloud = FakeCloud.start();
    CloudData.putInto(cloud.buckets());
    folder = Files.createTempDirectory("cloud-test");
    jar = Files.createFile(folder.resolve("small.jar"));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    cloud.refuseNothing();
    cloud.jobs().script(JobScript.of("JOB_STATE_DONE").leaving(CloudShell.verdict(cloud)));
    runId = context.getRequiredTestMethod().getName();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    for (String name : List.of("small.jar", "i.csv", "")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  FakeCloud cloud() {
    return cloud;
  }

  /** A folder of this machine. */
  Path folder() {
    return folder;
  }

  /** The run of the test. */
  String runId() {
    return runId;
  }

  /** Submits a leaderboard; options in {@code more} take the place of the usual ones. */
  Answer submit(String... more) {
    return new CloudShell(cloud).submit("leaderboard", words(more));
  }

  /** The options of such a submission; the last is the worker image. */
  List<String> words(String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    List<String> usual = new ArrayList<>(CloudData.SPLIT);
    usual.addAll(List.of("--output=" + CloudShell.OUTPUT, "--runId=" + runId));
    usual.addAll(List.of("--models=most-popular", "--interactions=" + CloudData.INTERACTIONS));
    usual.addAll(List.of("--project=" + CloudShell.PROJECT, "--region=" + CloudShell.REGION));
    usual.add("--filesToStage=" + jar);
    usual.addAll(List.of("--runner=DataflowRunner", "--sdkContainerImage=ours"));
    for (String one : usual) {
      String name = one.substring(0, one.indexOf('=') + 1);
      if (words.stream().noneMatch(word -> word.startsWith(name))) {
        words.add(one);
      }
    }
    return words;
  }
}
