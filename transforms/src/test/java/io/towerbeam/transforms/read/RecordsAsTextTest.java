package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.read.records.ParquetFiles;
import io.towerbeam.transforms.read.records.RecordKind;
import io.towerbeam.transforms.read.records.RecordPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.junit.jupiter.api.Test;

/** The same rows give the same blocks, whichever kind of file they stand in. */
class RecordsAsTextTest {
  private static final Schema AVRO =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Log", "fields": [
                {"name": "ignored", "type": {"type": "map", "values": ["null", "string"]}},
                {"name": "userId", "type": ["null", "string"]},
                {"name": "rating", "type": ["float", "null"]},
                {"name": "movieId", "type": ["null", "int"]},
                {"name": "timestamp", "type": ["null", "long"]}]}""");
  private static final String PARQUET =
      "message log { optional int64 timestamp; optional binary userId (STRING);"
          + " optional int32 movieId; optional float rating; }";

  /** A row; null is what a text leaves empty. */
  record Row(String user, Integer item, Float rating, Long time) {
    String asText() {
      return String.join(
          ",",
          user == null ? "" : user,
          item == null ? "" : item.toString(),
          rating == null ? "" : rating.toString(),
          time == null ? "" : time.toString());
    }

    GenericRecord asRecord() {
      return new GenericRecordBuilder(AVRO)
          .set("ignored", java.util.Map.of("a", "b"))
          .set("userId", user)
          .set("movieId", item)
          .set("rating", rating)
          .set("timestamp", time)
          .build();
    }

    ParquetFiles.Row asGroup() {
      return row -> {
        if (user != null) {
          row.append("userId", user);
        }
        if (item != null) {
          row.append("movieId", item);
        }
        if (rating != null) {
          row.append("rating", rating);
        }
        if (time != null) {
          row.append("timestamp", time);
        }
      };
    }
  }

  private record Read(
      List<String> rows, List<RejectionReason> reasons, List<InteractionBlock> blocks) {}

  @Provide
  Arbitrary<List<Row>> logs() {
    return Combinators.combine(
            Arbitraries.of("u", "ü", "a b", "ユーザー", "", null),
            Arbitraries.integers().between(-3, 40).injectNull(.02),
            Arbitraries.floats().between(-5, 5).injectNull(.1),
            Arbitraries.longs().between(-9, 5_000_000_000L).injectNull(.02))
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(300);
  }

  @Property(tries = 25)
  void theSameRowsGiveTheSameBlocksFromEveryKindOfFile(@ForAll("logs") List<Row> log)
      throws IOException {
    Path folder = Files.createTempDirectory("records");
    String csv =
        "userId,movieId,rating,timestamp\n"
            + String.join("\n", log.stream().map(Row::asText).toList())
            + "\n";
    ParsedLog text = ParsedLog.of(csv, ParsedLog.CSV.withOptionalRating());
    Path parquet = folder.resolve("log.parquet");
    ParquetFiles.write(
        parquet,
        PARQUET,
        log.stream().map(Row::asGroup).toList(),
        w -> w.withRowGroupSize(900L).withMinRowCountForPageSizeCheck(20));
    for (CodecFactory codec : List.of(CodecFactory.nullCodec(), CodecFactory.deflateCodec(1))) {
      Path avro = writeAvro(folder.resolve("log.avro"), log, codec);
      for (long bytes : new long[] {40, 700, Long.MAX_VALUE}) {
        assertSame(read(avro, RecordKind.AVRO, bytes), text);
      }
    }
    assertSame(read(parquet, RecordKind.PARQUET, 1), text);
    assertSame(read(parquet, RecordKind.PARQUET, Long.MAX_VALUE), text);
    for (String name : List.of("log.avro", "log.parquet")) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
  }

  private static void assertSame(Read read, ParsedLog text) {
    assertThat(read.rows).isEqualTo(text.rows());
    assertThat(read.reasons).isEqualTo(text.reasons());
  }

  private static Path writeAvro(Path file, List<Row> log, CodecFactory codec) throws IOException {
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(AVRO))) {
      writer.setCodec(codec).setSyncInterval(100).create(AVRO, file.toFile());
      for (Row row : log) {
        writer.append(row.asRecord());
      }
    }
    return file;
  }

  private static Read read(Path file, RecordKind kind, long partBytes) throws IOException {
    InteractionRecordFormat format =
        new InteractionRecordFormat(
            kind, "userId", "movieId", "rating", "timestamp", TimeUnit.SECONDS);
    List<InteractionBlock> blocks = new ArrayList<>();
    List<RejectedRecord> rejected = new ArrayList<>();
    Metadata metadata = InputFiles.match(file.toString()).get(0);
    List<RecordPart> parts = new ArrayList<>();
    RecordFiles.open(
        metadata.resourceId(),
        metadata.sizeBytes(),
        kind,
        opened -> parts.addAll(opened.parts(partBytes)));
    for (RecordPart part : parts) {
      new InteractionRecordParser(
              format,
              new RecordFilePart(metadata.resourceId(), metadata.sizeBytes(), part),
              blocks::add,
              rejected::add)
          .parse();
    }
    return new Read(
        ParsedLog.rows(blocks), rejected.stream().map(RejectedRecord::getReason).toList(), blocks);
  }

  @Test
  void anyFlippedByteOfAnAvroFileEitherChangesAValueOrIsSaidInOneLine() throws IOException {
    Path file = Files.createTempFile("damaged", ".avro");
    List<Row> log = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      log.add(new Row("user-" + i, i, 1f * i, (long) i));
    }
    byte[] sound = Files.readAllBytes(writeAvro(file, log, CodecFactory.nullCodec()));
    for (int i = 0; i < sound.length; i++) {
      byte[] damaged = sound.clone();
      damaged[i] ^= (byte) 0xff;
      Files.write(file, damaged);
      try {
        assertThat(read(file, RecordKind.AVRO, Long.MAX_VALUE)).isNotNull();
      } catch (InputException e) {
        assertThat(e.getMessage()).startsWith(file.toString()).hasLineCount(1);
        assertThat(e.getCause()).isNull();
      }
    }
    Files.write(file, Arrays.copyOf(sound, sound.length - 20));
    assertThatThrownBy(() -> read(file, RecordKind.AVRO, Long.MAX_VALUE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is damaged or cut off");
    Files.delete(file);
  }
}
