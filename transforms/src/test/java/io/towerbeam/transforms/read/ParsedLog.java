package io.towerbeam.transforms.read;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.ResourceId;

/** What a log in memory gives, in ranges of one size; rows as {@code user|item|rating|time}. */
record ParsedLog(List<String> rows, List<InteractionBlock> blocks, List<RejectedRecord> rejected) {
  private static final int BYTES_PER_READ = 1_001;
  static final ResourceId FILE = FileSystems.matchNewResource("/memory/log.csv", false);
  static final InteractionFormat CSV =
      InteractionFormat.of(
          DelimitedText.withHeader(","), "userId", "movieId", "rating", "timestamp");
  static final InteractionFormat DAT =
      InteractionFormat.of(
          DelimitedText.withColumns(
              "::", TextEncoding.ISO_8859_1, List.of("userId", "movieId", "rating", "timestamp")),
          "userId",
          "movieId",
          "rating",
          "timestamp");

  static ParsedLog of(String file, InteractionFormat format) {
    return of(file.getBytes(StandardCharsets.UTF_8), format, Long.MAX_VALUE);
  }

  static ParsedLog of(byte[] file, InteractionFormat format, long rangeBytes) {
    Metadata metadata =
        Metadata.builder()
            .setResourceId(FILE)
            .setSizeBytes(file.length)
            .setIsReadSeekEfficient(true)
            .build();
    TableStart table = tableStart(file, format);
    List<InteractionBlock> blocks = new ArrayList<>();
    List<RejectedRecord> rejected = new ArrayList<>();
    for (FileRange range : FileRange.split(metadata, table, rangeBytes)) {
      parse(file, format, range, blocks, rejected);
    }
    return new ParsedLog(rows(blocks), blocks, rejected);
  }

  static List<String> rows(List<InteractionBlock> blocks) {
    return blocks.stream().map(ParsedLog::rows).flatMap(List::stream).toList();
  }

  static List<String> rows(InteractionBlock block) {
    InteractionColumns columns = InteractionColumns.of(block);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < columns.rows(); row++) {
      rows.add(
          String.join(
              "|",
              columns.userId(row),
              columns.itemId(row),
              String.valueOf(columns.ratings()[row]),
              String.valueOf(columns.times()[row])));
    }
    return rows;
  }

  List<RejectionReason> reasons() {
    return rejected.stream().map(RejectedRecord::getReason).toList();
  }

  private static TableStart tableStart(byte[] file, InteractionFormat format) {
    try {
      return TableStart.read(FILE.toString(), open(file, 0, BYTES_PER_READ), format.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void parse(
      byte[] file,
      InteractionFormat format,
      FileRange range,
      List<InteractionBlock> blocks,
      List<RejectedRecord> rejected) {
    int offset = (int) range.readOffset();
    try {
      new RangeParser(format, range, blocks::add, rejected::add)
          .parse(open(file, offset, BYTES_PER_READ));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a little at a time, as the network and decompression do. */
  static ReadableByteChannel open(byte[] file, int offset, int bytesPerRead) {
    InputStream bytes = new ByteArrayInputStream(file, offset, file.length - offset);
    return Channels.newChannel(
        new FilterInputStream(bytes) {
          @Override
          public int available() {
            return 0;
          }

          @Override
          public int read(byte[] target, int from, int length) throws IOException {
            return super.read(target, from, Math.min(length, bytesPerRead));
          }
        });
  }
}
