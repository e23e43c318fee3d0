package io.towerbeam.transforms.read.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.transforms.read.records.ColumnType.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetFileTest {
  private static final String LOG =
      "message log { required binary user (STRING); optional int64 item; optional float rating;"
          + " required int64 time; optional binary ignored (STRING); }";

  private static final List<String> WANTED = List.of("user", "item", "time", "rating");

  @TempDir Path folder;

  private static List<ParquetFiles.Row> rows(int count) {
    return IntStream.range(0, count).<ParquetFiles.Row>mapToObj(ParquetFileTest::row).toList();
  }

  private static ParquetFiles.Row row(int i) {
    return row -> {
      row.append("user", "user-" + i % 71);
      if (i % 5 != 0) {
        row.append("item", (long) i);
      }
      if (i % 3 != 0) {
        row.append("rating", i / 2f);
      }
      row.append("time", 1_000L * i);
    };
  }

  private static List<List<Object>> expected(int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          Arrays.asList(
              "user-" + i % 71,
              i % 5 == 0 ? null : (Long) (long) i,
              1_000L * i,
              i % 3 == 0 ? null : (Float) (i / 2f)));
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "UNCOMPRESSED, PARQUET_1_0, true",
    "SNAPPY, PARQUET_1_0, true",
    "GZIP, PARQUET_1_0, false",
    "ZSTD, PARQUET_2_0, true",
    "SNAPPY, PARQUET_2_0, false",
    "UNCOMPRESSED, PARQUET_2_0, false",
  })
  void whateverTheWriterDoesTheRowsAreTheSame(
      CompressionCodecName codec, WriterVersion version, boolean dictionary) throws IOException {
    Path file =
        ParquetFiles.write(
            folder.resolve("log.parquet"),
            LOG,
            rows(3_000),
            writer ->
                writer
                    .withCompressionCodec(codec)
                    .withWriterVersion(version)
                    .withDictionaryEncoding(dictionary)
                    .withPageSize(2_000)
                    .withRowGroupSize(10_000L));

    assertThat(OpenedFile.rows(file, Long.MAX_VALUE, "user", "item", "time", "rating"))
        .isEqualTo(expected(3_000));
    assertThat(OpenedFile.rows(file, 1, "user", "item", "time", "rating"))
        .isEqualTo(expected(3_000));
  }

  @Test
  void valuesComeByTheTypesOfTheirColumns() throws IOException {
    String schema =
        """
        message all {
          required int32 small; required int64 millis (TIMESTAMP(MILLIS,true));
          required int64 micros (TIMESTAMP(MICROS,true));
          required int64 nanos (TIMESTAMP(NANOS,false)); required int32 day (DATE);
          required int64 price (DECIMAL(9,2)); required binary big (DECIMAL(30,1));
          required boolean flag; required double score; required binary kind (ENUM);
          required int96 old; required binary raw;
          optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
          repeated binary plain (STRING);
          optional group nested { optional int32 a; optional int32 b; }
        }""";
    ParquetFiles.Row filled =
        row -> {
          row.append("small", 7).append("millis", 1L).append("micros", 2L).append("nanos", 3L);
          row.append("day", 4).append("price", 1250L);
          row.append("big", Binary.fromConstantByteArray(new byte[] {1, 0}));
          row.append("flag", true).append("score", .5).append("kind", "click");
          byte[] old = new byte[12];
          old[8] = (byte) 0x8d; // Julian day 2,440,589: the second of January 1970
          old[9] = 0x3d;
          old[10] = 0x25;
          row.append("old", Binary.fromConstantByteArray(old)).append("raw", "x");
          row.addGroup("tags").addGroup("list").append("element", "a");
          row.getGroup("tags", 0).addGroup("list");
          row.getGroup("tags", 0).addGroup("list").append("element", "b");
          row.append("plain", "p").append("plain", "q");
        };
    ParquetFiles.Row bare =
        row -> {
          row.append("small", -7).append("millis", 1L).append("micros", 2L).append("nanos", 3L);
          row.append("day", 4).append("price", 1L);
          row.append("big", Binary.fromConstantByteArray(new byte[] {-1}));
          row.append("flag", false).append("score", 1.5).append("kind", "click");
          row.append("old", Binary.fromConstantByteArray(new byte[12])).append("raw", "x");
        };
    Path file = ParquetFiles.write(folder.resolve("all.parquet"), schema, List.of(filled, bare));

    String[] wanted = {
      "small", "price", "big", "flag", "score", "kind", "old", "tags", "plain", "nested", "raw"
    };
    assertThat(OpenedFile.rows(file, 1, wanted))
        .containsExactly(
            Arrays.asList(
                7L,
                new BigDecimal("12.50"),
                new BigDecimal("25.6"),
                true,
                .5,
                "click",
                86_400L,
                List.of("a", "b"),
                List.of("p", "q"),
                null,
                null),
            Arrays.asList(
                -7L,
                new BigDecimal("0.01"),
                new BigDecimal("-0.1"),
                false,
                1.5,
                "click",
                -2_440_588L * 86_400,
                List.of(),
                List.of(),
                null,
                null));
    assertThat(OpenedFile.columns(file))
        .extractingByKey("nested")
        .extracting("kind")
        .isEqualTo(Kind.OTHER);
    assertThat(OpenedFile.columns(file).get("micros").unit()).isEqualTo(TimeUnit.MICROSECONDS);
    assertThat(OpenedFile.columns(file).get("nanos").unit()).isEqualTo(TimeUnit.NANOSECONDS);
    assertThat(OpenedFile.columns(file).get("day").unit()).isEqualTo(TimeUnit.DAYS);
    assertThat(OpenedFile.columns(file).get("millis").unit()).isEqualTo(TimeUnit.MILLISECONDS);
  }

  @Test
  void aFileWithoutRowsGivesNone() throws IOException {
    Path file = ParquetFiles.write(folder.resolve("none.parquet"), LOG, List.of());
    assertThat(OpenedFile.rows(file, 1, "user")).isEmpty();
    assertThat(OpenedFile.columns(file))
        .containsOnlyKeys("user", "item", "rating", "time", "ignored");
  }

  @Test
  void anyFlippedByteEitherChangesAValueOrIsSaidInOneLine() throws IOException {
    byte[] sound =
        Files.readAllBytes(
            ParquetFiles.write(
                folder.resolve("sound.parquet"),
                LOG,
                rows(200),
                writer -> writer.withPageWriteChecksumEnabled(false).withPageSize(500)));
    Path file = folder.resolve("damaged.parquet");
    for (int i = 0; i < sound.length; i++) {
      byte[] damaged = sound.clone();
      damaged[i] ^= (byte) 0xff;
      Files.write(file, damaged);
      assertReadOrRefused(file);
    }
    for (int end = 0; end < sound.length; end += 7) {
      Files.write(file, Arrays.copyOf(sound, end));
      assertThatThrownBy(() -> OpenedFile.rows(file, 1, "user", "item", "time", "rating"))
          .isInstanceOf(DamagedFileException.class);
    }
  }

  private static void assertReadOrRefused(Path file) throws IOException {
    try {
      if (OpenedFile.columns(file).keySet().containsAll(WANTED)) { // as callers look first
        assertThat(OpenedFile.rows(file, 1, WANTED.toArray(String[]::new))).isNotNull();
      }
    } catch (DamagedFileException e) {
      assertThat(e.getMessage()).startsWith("is ").hasLineCount(1);
    }
  }
}
