package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.Champion;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Champions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An output folder with published models: {@code c}, a leaderboard on the small data whose model
 * ease is the champion, and {@code s}, which was trained on the generated sample.
 */
record PublishedRunsFixture(Path output) {
  static final String TOWERS = "two-tower-hybrid";

  static PublishedRunsFixture make(Path output) throws IOException {
    PublishedRunsFixture made = new PublishedRunsFixture(output);
    List<String> small = new ArrayList<>(SmallData.SPLIT);
    small.add(
        "--interactions="
            + SmallData.write(output.resolve("interactions.csv"), SmallData.INTERACTIONS));
    small.add("--items=" + SmallData.write(output.resolve("items.csv"), SmallData.ITEMS));
    small.addAll(List.of("--k=3", "--shards=2", "--bootstrapResamples=0"));
    made.mustRun(
        "leaderboard", Stream.concat(small.stream(), Stream.of("--runId=c", "--models=ease,als")));
    Champions.in(new Folder(output.toString()))
        .append(
            Champion.newBuilder()
                .setRunId("c")
                .setRunDirectory("runs/c")
                .setModel("ease")
                .setStarted(Shell.NOON.toString())
                .build());
    Answer sample =
        made.mustRun(
            "train",
            Stream.of(
                "--runId=s",
                "--model=" + TOWERS,
                "--modelParameters=two-tower-hybrid.epochs=1",
                "--bootstrapResamples=0"));
    assertThat(sample.out())
        .contains("Not made the champion: a model of the generated sample never is.");
    return made;
  }

  Answer mustRun(String workflow, Stream<String> options) {
    Answer answer = run(workflow, options.toArray(String[]::new));
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    return answer;
  }

  Answer run(String workflow, String... options) {
    return Shell.type(
        Stream.concat(Stream.of(workflow, "--output=" + output), Stream.of(options))
            .toArray(String[]::new));
  }

  Path run(String runId) {
    return output.resolve("runs").resolve(runId);
  }

  /** A run's lists by user. */
  Map<String, Recommendation> lists(String runId, String model) throws IOException {
    Map<String, Recommendation> lists = new HashMap<>();
    Path folder = run(runId).resolve("recommendations").resolve(model);
    for (Recommendation list : Records.in(folder, "users", Recommendation.class)) {
      assertThat(lists.put(list.getUserId(), list)).isNull();
    }
    return lists;
  }
}
