package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that cannot be fitted fails alone. */
class FailedModelsTest {
  /** Of three users two have the same items, so the three items' Gram matrix is singular. */
  private static final String SINGULAR = "--modelParameters=ease.lambda=0";

  @TempDir Path temp;

  private Answer leaderboard(String models) throws IOException {
    Path interactions = SmallData.write(temp.resolve("interactions.csv"), SmallData.INTERACTIONS);
    List<String> args =
        new ArrayList<>(
            List.of(
                "leaderboard",
                "--interactions=" + interactions,
                "--output=" + temp.resolve("out"),
                "--runId=r",
                "--k=1",
                "--models=" + models,
                SINGULAR));
    args.addAll(SmallData.SPLIT);
    return Shell.type(args.toArray(String[]::new));
  }

  private Path run() {
    return temp.resolve("out/runs/r");
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(run().resolve(name).toFile());
  }

  @Test
  void theOthersArePublishedAndTheRunIsPartial() throws IOException {
    Answer answer = leaderboard("ease,most-popular");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.out()).contains("most-popular  ");
    assertThat(answer.err())
        .isEqualTo(
            """
            towerbeam: not all of it was published
              ease: X'X + lambda*I is singular with lambda=0.0: raise lambda
            """);
    assertThat(json("outcome.json").get("verdict").asText()).isEqualTo("partial");
    assertThat(json("results/results.json").findValuesAsText("model_name"))
        .containsOnly("most-popular");
    assertThat(run().resolve("_SUCCESS")).exists();
  }

  @Test
  void ifAllFailNothingIsPublished() throws IOException {
    Answer answer = leaderboard("ease");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("nothing was published").contains("ease: X'X + lambda*I");
    assertThat(json("outcome.json").get("verdict").asText()).isEqualTo("failed");
    assertThat(run().resolve("_SUCCESS")).doesNotExist();
    assertThat(run().resolve("results")).doesNotExist();
  }
}
