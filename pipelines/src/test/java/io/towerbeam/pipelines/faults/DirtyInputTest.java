package io.towerbeam.pipelines.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leaderboard of a log with bad rows of ten kinds among good ones. */
class DirtyInputTest {
  private static final int BAD_LINES =
      DirtyLog.expected().values().stream().mapToInt(Integer::intValue).sum();

  @TempDir Path temp;

  @BeforeEach
  void writeItems() throws IOException {
    Files.write(temp.resolve("movies.csv"), DirtyLog.items());
  }

  @Test
  void exactlyTheBadRowsAreRejectedAndRepairedOnesAreTakenAndCountedOnce() throws IOException {
    JsonNode once = countsOf("once", DirtyLog.logAndRepaired(1));
    Map<RejectionReason, Integer> reasons = new EnumMap<>(RejectionReason.class);
    for (RejectedRecord record :
        Records.in(run("once").resolve("dead-letter"), "", RejectedRecord.class)) {
      reasons.merge(record.getReason(), 1, Integer::sum);
    }
    assertThat(reasons).isEqualTo(DirtyLog.expected());
    // the good rows, and those that were repaired
    assertThat(once.get("interactions_read").asLong()).isEqualTo(DirtyLog.ROWS);
    assertThat(once.path("duplicates_collapsed").asLong()).isZero();

    JsonNode twice = countsOf("twice", DirtyLog.logAndRepaired(2));
    for (JsonNode counts : new JsonNode[] {once, twice}) {
      assertThat(counts.get("rows_rejected").asLong()).isEqualTo(BAD_LINES);
    }
    assertThat(twice.get("interactions_read").asLong())
        .isEqualTo(DirtyLog.ROWS + DirtyLog.BAD_ROWS);
    assertThat(twice.get("duplicates_collapsed").asLong()).isEqualTo(DirtyLog.BAD_ROWS);
    for (String side : new String[] {"train_interactions", "test_interactions"}) {
      assertThat(twice.get(side)).isEqualTo(once.get(side));
    }
    System.out.printf(
        "dirty rows: %d of %d rejected (%d lines), reasons right, repaired ones counted once%n",
        DirtyLog.BAD_ROWS, DirtyLog.ROWS, BAD_LINES);
  }

  private JsonNode countsOf(String runId, byte[] log) throws IOException {
    Files.write(temp.resolve("ratings.csv"), log);
    Answer answer =
        Shell.type(
            "leaderboard",
            "--models=most-popular",
            "--input=" + temp,
            "--output=" + temp.resolve("out"),
            "--runId=" + runId,
            "--bootstrapResamples=0",
            "--maxRejectedFraction=0.02");
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
    return new ObjectMapper().readTree(run(runId).resolve("manifest.json").toFile()).get("counts");
  }

  private Path run(String runId) {
    return temp.resolve("out/runs").resolve(runId);
  }
}
