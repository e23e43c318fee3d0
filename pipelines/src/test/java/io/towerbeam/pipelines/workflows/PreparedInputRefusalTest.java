package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepared runs that cannot be taken, and what cannot be asked of those that can. */
class PreparedInputRefusalTest {
  private static final String CATALOGUE = "catalogue/items-00000-of-00001.avro";

  @TempDir static Path shared;
  @TempDir Path temp;
  private Path prepared;

  @BeforeAll
  static void prepare() throws IOException {
    Path log = SmallData.write(shared.resolve("log.csv"), SmallData.INTERACTIONS);
    Path items = SmallData.write(shared.resolve("items.csv"), SmallData.ITEMS);
    Answer answer =
        Shell.type(
            Stream.concat(
                    Stream.of(
                        "prepare",
                        "--interactions=" + log,
                        "--items=" + items,
                        "--output=" + shared,
                        "--runId=p"),
                    SmallData.SPLIT.stream())
                .toArray(String[]::new));
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @BeforeEach
  void copy() throws IOException {
    Path from = shared.resolve("runs/p");
    prepared = temp.resolve("p");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, prepared.resolve(from.relativize(file)));
      }
    }
  }

  private Answer leaderboard(String... more) {
    return Shell.type(
        Stream.concat(
                Stream.of(
                    "leaderboard",
                    "--input=" + prepared,
                    "--models=most-popular",
                    "--k=1",
                    "--output=" + temp.resolve("out"),
                    "--runId=r"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private void assertRefused(Answer answer, String line) {
    assertThat(answer.err()).isEqualTo("towerbeam: " + line + "\n");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(temp.resolve("out")).doesNotExist();
  }

  private void edit(String file, String text, String with) throws IOException {
    String before = Files.readString(prepared.resolve(file));
    assertThat(before).contains(text);
    Files.writeString(prepared.resolve(file), before.replace(text, with));
  }

  @Test
  void anUnfinishedRun() throws IOException {
    Files.delete(prepared.resolve("_SUCCESS"));
    assertRefused(
        leaderboard(),
        "--input=%s: that run is not finished, it has no _SUCCESS: start it again with its own options"
            .formatted(prepared));
  }

  @Test
  void aRunThatFailed() throws IOException {
    Files.delete(prepared.resolve("_SUCCESS"));
    Files.writeString(
        prepared.resolve("outcome.json"),
        """
        {"verdict": "failed", "reasons": ["the input has no interactions"], "counts": {}, "examples": []}
        """);
    assertRefused(
        leaderboard(),
        "--input=%s: that run failed: the input has no interactions".formatted(prepared));
  }

  @Test
  void aRunThatWasNotPublished() throws IOException {
    edit("outcome.json", "\"published\"", "\"refused\"");
    assertRefused(
        leaderboard(),
        "--input=%s: that run is not published: its verdict is refused".formatted(prepared));
  }

  @Test
  void aRunOfAnotherWorkflow() throws IOException {
    edit("manifest.json", "\"layout\" : 2", "\"layout\" : 0");
    edit("manifest.json", "\"workflow\" : \"prepare\"", "\"workflow\" : \"tune\"");
    assertRefused(
        leaderboard(),
        "--input=%s: that is a run of tune: give a run of prepare, or a folder of data"
            .formatted(prepared));
  }

  @Test
  void aLayoutThatIsNotKnown() throws IOException {
    edit("manifest.json", "\"layout\" : 2", "\"layout\" : 1");
    assertRefused(
        leaderboard(),
        ("--input=%s: that run is laid out in version 1, and this build reads version 2: prepare it"
                + " again")
            .formatted(prepared));
  }

  @Test
  void aManifestThatNamesFilesElsewhere() throws IOException {
    String manifest = Files.readString(prepared.resolve("manifest.json"));
    for (String path : List.of("../../items.csv", "/etc/passwd", "data/../../p/manifest.json")) {
      Files.writeString(
          prepared.resolve("manifest.json"), manifest.replaceFirst("catalogue/items-[^\"]*", path));
      assertRefused(
          leaderboard(),
          "--input=%s: that run lacks %s: prepare it again".formatted(prepared, path));
    }
  }

  @Test
  void aFileThatIsALinkElsewhere() throws IOException {
    Path file = prepared.resolve("catalogue/items-00000-of-00001.avro");
    Files.createSymbolicLink(file, Files.move(file, temp.resolve("elsewhere.avro")));
    assertRefused(
        leaderboard(),
        ("--input=%s: catalogue/items-00000-of-00001.avro of that run is a link out of it: copy the"
                + " file itself there")
            .formatted(prepared));
  }

  @Test
  void aManifestThatDoesNotSayHowItWasSplit() throws IOException {
    edit("manifest.json", "\"shards\"", "\"shard\"");
    assertRefused(
        leaderboard(),
        "--input=%s: its manifest.json does not say how it was split: prepare it again"
            .formatted(prepared));
  }

  @Test
  void recordsOfAnotherVersion() throws IOException {
    Schema other =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Item", "namespace": "io.towerbeam.schemas",
                 "fields": [{"name": "number", "type": "long"}]}
                """);
    Path file = prepared.resolve(CATALOGUE);
    long bytes = Files.size(file);
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(other))) {
      writer.create(other, file.toFile());
    }
    edit("manifest.json", "\"bytes\" : " + bytes, "\"bytes\" : " + Files.size(file));
    assertRefused(
        leaderboard(),
        "--input=%s: %s of that run holds Item of another version than this build reads: prepare it again"
            .formatted(prepared, CATALOGUE));
  }

  @Test
  void aMissingFile() throws IOException {
    Files.delete(prepared.resolve(CATALOGUE));
    assertRefused(
        leaderboard(),
        "--input=%s: that run lacks %s: prepare it again".formatted(prepared, CATALOGUE));
  }

  @Test
  void aFileThatWasCutOff() throws IOException {
    Path file = prepared.resolve(CATALOGUE);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(
        leaderboard(),
        "--input=%s: %s of that run has %d bytes, not %d: prepare it again"
            .formatted(prepared, CATALOGUE, bytes.length - 1, bytes.length));
  }

  @Test
  void filesThatHoldOtherRowsThanTheManifestSaysEndTheRun() throws IOException {
    edit("manifest.json", "\"test_interactions\" : 2", "\"test_interactions\" : 3");
    Answer answer = leaderboard();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .contains(
            "--input=%s: the files of that run hold test_interactions=2, and its manifest says 3"
                .formatted(prepared));
    assertThat(temp.resolve("out/runs/r/_SUCCESS")).doesNotExist();
  }

  @Test
  void columnsAndFiltersOfTheDataItself() {
    assertRefused(
        leaderboard("--userColumn=user_id"),
        "--userColumn: %s is a prepared run, whose rows are read already: leave it out"
            .formatted(prepared));
    assertRefused(
        leaderboard("--minRating=3"),
        "--minRating=3: the rows of %s were taken without it: leave it out, or prepare them again"
            .formatted(prepared));
    assertRefused(
        leaderboard("--unknownItems=reject"),
        ("--unknownItems=reject: the rows of %s were taken with --unknownItems=keep: leave it out, or"
                + " prepare them again")
            .formatted(prepared));
    assertRefused(
        leaderboard("--maxRejectedFraction=0.5"),
        ("--maxRejectedFraction=0.5: the rows of %s were taken with --maxRejectedFraction=0: leave it"
                + " out, or prepare them again")
            .formatted(prepared));
  }

  @Test
  void theSameRunIdForAnotherPreparation() throws IOException {
    assertThat(leaderboard().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(leaderboard(SmallData.SPLIT.toArray(String[]::new)).exitCode())
        .as("what is inherited may be given too")
        .isEqualTo(ExitCode.DONE);
    edit("manifest.json", "\"started\" : \"", "\"started\" : \"2");
    Answer answer = leaderboard();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("that run was made with other options: --preparedRun=p/2");
  }
}
