package io.towerbeam.templates.dataflow;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.templates.cloud.FakeCloud;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Types command lines whose stores and jobs are a fake cloud's. */
final class CloudShell {
  static final String BUCKET = "our-bucket";
  static final String OUTPUT = "gs://" + BUCKET + "/out";
  static final String PROJECT = "our-project";
  static final String REGION = "us-central1";
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(printTo(out), printTo(err));
    int exitCode = new CommandLine(console, Clock.fixed(NOON, ZoneOffset.UTC)).run(all);
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A workflow on Dataflow. */
  Answer submit(String workflow, List<String> options) {
    List<String> words = new ArrayList<>(List.of(workflow));
    words.addAll(options);
    words.addAll(List.of("--runner=DataflowRunner", "--project=" + PROJECT, "--region=" + REGION));
    return type(words);
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
