package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.templates.flink.FlinkShell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows on a Flink inside this process. */
class MiniClusterTest {
  private static final List<String> ON_FLINK =
      List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2");

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void layOut() throws IOException {
    input = SmallFilms.writeInto(folder.resolve("input"));
  }

  @Test
  void aLeaderboardIsThatOfTheDirectRunner() throws IOException {
    assertThat(leaderboard("direct", List.of()).exitCode()).isZero();
    Answer answer = leaderboard("flink", ON_FLINK);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("most-popular");
    SameRun.assertSame(run("flink"), run("direct"));
  }

  private Answer leaderboard(String output, List<String> runner) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "leaderboard",
                "--models=most-popular",
                "--input=" + input,
                "--shards=2",
                "--runId=run",
                "--output=" + folder.resolve(output)));
    words.addAll(runner);
    return FlinkShell.type(words);
  }

  private Path run(String output) {
    return folder.resolve(output).resolve("runs/run");
  }
}
