package io.towerbeam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.pipelines.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
  private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-01T13:00:00Z");
  private static final Fingerprint TEN = Fingerprint.of("train", Map.of("k", "10"));
  private static final Fingerprint FIVE = Fingerprint.of("train", Map.of("k", "5"));

  @TempDir Path output;
  private RunDirectory run;

  @BeforeEach
  void nameTheRun() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    run = new RunDirectory(output.toString(), "r1");
  }

  @Test
  void aNewRunIsClaimedAtItsStart() throws IOException {
    try (Claim claim = Claim.take(run, TEN, FIRST)) {
      assertThat(claim.state()).isEqualTo(Claim.State.NEW);
      assertThat(claim.startTime()).isEqualTo("2026-03-01T12:00:00Z");
    }
    assertThat(Path.of(run.claim()))
        .hasContent(
            """
            {
              "workflow" : "train",
              "start_time" : "2026-03-01T12:00:00Z",
              "fingerprint" : "%s",
              "options" : {
                "k" : "10"
              }
            }
            """
                .formatted(TEN.digest()));
  }

  @Test
  void anUnfinishedRunKeepsItsStartTime() throws IOException {
    Claim.take(run, TEN, FIRST).close();
    try (Claim claim = Claim.take(run, TEN, SECOND)) {
      assertThat(claim.state()).isEqualTo(Claim.State.UNFINISHED);
      assertThat(claim.startTime()).isEqualTo("2026-03-01T12:00:00Z");
    }
  }

  @Test
  void aFinishedRunIsKnownByItsMarker() throws IOException {
    Claim.take(run, TEN, FIRST).close();
    Files.createFile(Path.of(run.success()));
    try (Claim claim = Claim.take(run, TEN, SECOND)) {
      assertThat(claim.state()).isEqualTo(Claim.State.FINISHED);
    }
  }

  @Test
  void otherOptionsAreRefusedByName() throws IOException {
    Claim.take(run, TEN, FIRST).close();
    assertThatThrownBy(() -> Claim.take(run, FIVE, SECOND))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--k=5 (was 10)");
  }

  @Test
  void whileOneHoldsTheClaimNobodyElseGetsIt() throws IOException {
    try (Claim held = Claim.take(run, TEN, FIRST)) {
      assertThat(held.state()).isEqualTo(Claim.State.NEW);
      assertThatThrownBy(() -> Claim.take(run, TEN, SECOND))
          .isInstanceOf(RunInUseException.class)
          .hasMessageContaining("run r1 is being worked on by another process");
    }
    Claim.take(run, TEN, SECOND).close();
  }

  @Test
  void inAnObjectStoreTheClaimThatStandsThereCounts() throws IOException {
    RunDirectory remote = new RunDirectory("memory://bucket/out", "r1");
    try (Claim first = Claim.take(remote, TEN, FIRST);
        Claim second = Claim.take(remote, TEN, SECOND)) {
      assertThat(first.state()).isEqualTo(Claim.State.NEW);
      assertThat(second.state()).isEqualTo(Claim.State.UNFINISHED);
      assertThat(second.startTime()).isEqualTo(first.startTime());
    }
    assertThatThrownBy(() -> Claim.take(remote, FIVE, SECOND)).isInstanceOf(UsageException.class);
    Storage.write(remote.success(), "");
    try (Claim claim = Claim.take(remote, TEN, SECOND)) {
      assertThat(claim.state()).isEqualTo(Claim.State.FINISHED);
    }
  }
}
