package io.towerbeam.pipelines.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that a runner lets end in another state than done, and throws nothing. */
class EndedJobsTest {
  private static State end;

  @TempDir Path output;

  /** Does nothing with a job, and says of it what the test wants. */
  public static final class EndingRunner extends PipelineRunner<PipelineResult> {
    /** Beam finds it by its name. */
    public static EndingRunner fromOptions(PipelineOptions options) {
      return new EndingRunner();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      return new Ended();
    }
  }

  private static final class Ended implements PipelineResult {
    @Override
    public State getState() {
      return end;
    }

    @Override
    public State cancel() {
      return end;
    }

    @Override
    public State waitUntilFinish(Duration duration) {
      return end;
    }

    @Override
    public State waitUntilFinish() {
      return end;
    }

    @Override
    public MetricResults metrics() {
      throw new UnsupportedOperationException("nobody asks for metrics");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, 'a worker died of the error above; if memory ran out, give more'",
    "CANCELLED, the runner ended the job as CANCELLED",
    "FAILED, the runner ended the job as FAILED"
  })
  void aJobThatIsNotDoneFailsInALine(State state, String line) {
    end = state;
    Answer answer =
        Shell.type(
            "tally",
            "--subject=films",
            "--output=" + output,
            "--runId=r1",
            "--runner=" + EndingRunner.class.getName());
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).startsWith("towerbeam: " + line);
    assertThat(output.resolve("runs/r1/_SUCCESS")).doesNotExist();
  }
}
