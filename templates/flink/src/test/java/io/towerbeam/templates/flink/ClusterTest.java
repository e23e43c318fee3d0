package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.templates.flink.FlinkShell.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows on a JobManager and a TaskManager in processes of their own. */
class ClusterTest {
  @TempDir Path folder;

  @Test
  void twoTrainingsOneAfterTheOtherOnOneTaskManagerGiveWhatTheDirectRunnerGives() throws Exception {
    assertThat(train("direct").exitCode()).isZero();

    try (LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"))) {
      for (String output : List.of("first", "second")) {
        Answer answer = train(output, "--runner=FlinkRunner", "--flinkMaster=" + cluster.master());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("http://" + cluster.master(), "two-tower-hybrid");
        SameRun.assertSame(run(output), run("direct"));
      }
      assertThat(cluster.taskManagers()).containsExactly("taskmanager-1");
    }
  }

  private Answer train(String output, String... runner) {
    return FlinkShell.train(folder.resolve(output), 2, runner);
  }

  private Path run(String output) {
    return folder.resolve(output).resolve("runs/run");
  }
}
