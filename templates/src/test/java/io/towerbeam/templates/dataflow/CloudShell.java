package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.dataflow.model.Job;
import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Types command lines whose stores and jobs are a fake cloud's. */
final class CloudShell {
  static final String BUCKET = "our-bucket";
  static final String OUTPUT = "gs://" + BUCKET + "/out";
  static final String PROJECT = "our-project";
  static final String REGION = "us-central1";

  /** The id of the run that {@link #publish} leaves. */
  static final String PUBLISHED = "published-1";

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final FakeCloud cloud;

  CloudShell(FakeCloud cloud) {
    this.cloud = cloud;
  }

  /** What came of it. */
  record Answer(int exitCode, String out, String err) {}

  /** A command as its user types it, but for where the cloud is. */
  Answer type(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(cloud.options());
    return typeOnly(all);
  }

  /** A command with no word more. */
  static Answer typeOnly(List<String> all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(printTo(out), printTo(err));
    int exitCode = new CommandLine(console, Clock.fixed(NOON, ZoneOffset.UTC)).run(all);
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A workflow with these options. */
  Answer submit(String workflow, List<String> options) {
    List<String> words = new ArrayList<>(List.of(workflow));
    words.addAll(options);
    return type(words);
  }

  /** Makes a published model in the bucket, by a run in this process. */
  void publish() {
    List<String> words = new ArrayList<>(List.of("leaderboard", "--runId=" + PUBLISHED));
    words.addAll(List.of("--output=" + OUTPUT, "--models=als", "--k=3", "--shards=2"));
    words.addAll(List.of("--bootstrapResamples=0", "--interactions=" + CloudData.INTERACTIONS));
    words.add("--items=" + CloudData.ITEMS);
    words.addAll(CloudData.SPLIT);
    Answer answer = type(words);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  /** Leaves the verdict that a job would. */
  static Consumer<Job> verdict(FakeCloud cloud) {
    return job -> {
      Map<?, ?> options = Submitted.options(job);
      String run = "out/runs/" + options.get("runId") + "/";
      cloud.buckets().put(BUCKET, run + "outcome.json", "{\"verdict\": \"published\"}");
      cloud.buckets().put(BUCKET, run + "_SUCCESS", "");
    };
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
