package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs of Avro files, beside the same of text. */
class RecordInputTest {
  private static final Schema LOG =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Log", "fields": [
                {"name": "user_id", "type": "string"},
                {"name": "item_id", "type": ["null", "string"]},
                {"name": "rating", "type": "double"},
                {"name": "timestamp", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "labels", "type": {"type": "array", "items": "long"}}]}""");
  private static final Schema ITEM =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Item", "fields": [
                {"name": "item_id", "type": "string"},
                {"name": "title", "type": "string"},
                {"name": "genres", "type": {"type": "array", "items": "string"}}]}""");

  @TempDir static Path files;

  @BeforeAll
  static void write() throws IOException {
    SmallData.write(files.resolve("log.csv"), SmallData.INTERACTIONS);
    SmallData.write(files.resolve("items.csv"), SmallData.ITEMS);
    try (DataFileWriter<GenericRecord> log = writer(LOG, "log.avro")) {
      for (String line : SmallData.INTERACTIONS.subList(1, SmallData.INTERACTIONS.size())) {
        log.append(row(line.split(",")));
      }
    }
    try (DataFileWriter<GenericRecord> nulls = writer(LOG, "nulls.avro")) {
      nulls.append(row(new String[] {"u", null, "1", "1"}));
    }
    try (DataFileWriter<GenericRecord> items = writer(ITEM, "items.avro")) {
      for (String line : SmallData.ITEMS.subList(1, SmallData.ITEMS.size())) {
        String[] fields = line.split(",");
        items.append(
            new GenericRecordBuilder(ITEM)
                .set("item_id", fields[0])
                .set("title", fields[1])
                .set("genres", Arrays.asList(fields[2].split("\\|")))
                .build());
      }
    }
    byte[] whole = Files.readAllBytes(files.resolve("log.avro"));
    Files.write(files.resolve("cut.avro"), Arrays.copyOf(whole, whole.length - 9));
    Files.write(files.resolve("empty.avro"), new byte[0]);
    Files.write(files.resolve("text.parquet"), "user_id,item_id\n".getBytes("UTF-8"));
    Files.copy(files.resolve("log.avro"), files.resolve("unnamed"));
  }

  private static DataFileWriter<GenericRecord> writer(Schema schema, String name)
      throws IOException {
    return new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))
        .create(schema, files.resolve(name).toFile());
  }

  private static GenericRecord row(String[] fields) {
    return new GenericRecordBuilder(LOG)
        .set("user_id", fields[0])
        .set("item_id", fields[1])
        .set("rating", Double.valueOf(fields[2]))
        .set("timestamp", Long.parseLong(fields[3]) * 1000 + 17)
        .set("labels", List.of(1L))
        .build();
  }

  private static Answer leaderboard(String runId, String... options) {
    return Shell.type(
        Stream.of(
                Stream.of("leaderboard", "--output=" + files.resolve("out"), "--runId=" + runId),
                SmallData.SPLIT.stream(),
                Stream.of("--models=ease", "--k=2", "--shards=2", "--bootstrapResamples=0"),
                Stream.of(options).map(option -> option.replace("FILES", files.toString())))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private static Path run(String runId) {
    return files.resolve("out/runs").resolve(runId);
  }

  private static JsonNode metrics(String runId) throws IOException {
    return new ObjectMapper()
        .readTree(run(runId).resolve("results/results.json").toFile())
        .get(0)
        .get("metrics");
  }

  @Test
  void aRunOfAvroFilesIsTheRunOfTheSameText() throws IOException {
    Answer text = leaderboard("text", "--interactions=FILES/log.csv", "--items=FILES/items.csv");
    Answer avro = leaderboard("avro", "--interactions=FILES/unnamed", "--items=FILES/items.avro");
    assertThat(text.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(avro.err()).isEmpty();
    assertThat(avro.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(metrics("avro")).isEqualTo(metrics("text"));
    for (String file :
        List.of("data/train-00000-of-00002.avro", "features/catalogue-00000-of-00001.avro")) {
      assertThat(run("avro").resolve(file)).hasSameBinaryContentAs(run("text").resolve(file));
    }
  }

  @Test
  void damageFoundInTheRunIsSaidInOneLineAndNothingIsPublished() {
    Answer answer = leaderboard("cut", "--interactions=FILES/cut.avro");
    assertThat(answer.err().lines().findFirst().orElseThrow())
        .contains("cut.avro: is damaged or cut off");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run("cut").resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void aRowWithoutAnItemIsRejected() {
    Answer answer = leaderboard("nulls", "--interactions=FILES/nulls.avro");
    assertThat(answer.err()).contains("item_id is null");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--interactions=FILES/log.avro --userColumn=user_ids;"
            + " --userColumn=user_ids: give a column of FILES/log.avro, which has user_id, item_id,"
            + " rating, timestamp, labels; did you mean user_id?",
        "--interactions=FILES/log.avro --userColumn=rating;"
            + " --userColumn=rating: give a column of FILES/log.avro that holds text or whole"
            + " numbers, not double",
        "--interactions=FILES/log.avro --ratingColumn=labels;"
            + " --ratingColumn=labels: give a column of FILES/log.avro that holds numbers, not array",
        "--interactions=FILES/empty.avro; FILES/empty.avro: is empty, and so no Avro file",
        "--interactions=FILES/text.parquet;"
            + " FILES/text.parquet: is no Parquet file: it does not begin as one",
        "--interactions=FILES/none-*.avro; FILES/none-*.avro: no such file",
        "--interactions=FILES/log.*;"
            + " FILES/log.*: matches files of more than one kind: Avro (FILES/log.avro), text"
            + " (FILES/log.csv); give a pattern of one kind",
      })
  void whatCannotWorkIsSaidBeforeAnythingRuns(String options, String says) {
    Answer answer = leaderboard("never", options.split(" "));
    assertThat(answer.err()).contains(says.replace("FILES", files.toString())).hasLineCount(1);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("never")).doesNotExist();
  }
}
