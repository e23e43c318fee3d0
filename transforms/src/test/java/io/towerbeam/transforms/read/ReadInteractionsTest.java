package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.Interaction;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class ReadInteractionsTest {
  private static final String HEADER = "userId,movieId,rating,timestamp\n";
  private static final List<String> LINES =
      IntStream.range(0, 500).mapToObj(i -> i % 37 + "," + i + "," + i % 5 + "," + i).toList();
  private static final List<String> ROWS =
      IntStream.range(0, 500).mapToObj(i -> i % 37 + "|" + i + "|" + i % 5 + ".0|" + i).toList();

  @TempDir Path folder;

  @Test
  void aFileInManyRangesGivesEveryRowOnce(TestPipeline pipeline) throws IOException {
    write("log.csv", HEADER + String.join("\n", LINES) + "\n");

    ReadInteractions.Result read =
        pipeline.apply(read("log.csv", ParsedLog.CSV).withRangeBytes(100));

    PAssert.that(rows(read.blocks())).containsInAnyOrder(ROWS);
    PAssert.that(read.rejected()).empty();
    PipelineResult result = pipeline.run();
    assertThat(counter(result, "interactions_read")).isEqualTo(500);
  }

  @Test
  void sevenFilesGiveTheSameRowsAsOne(TestPipeline pipeline) throws IOException {
    for (int part = 0; part < 7; part++) {
      List<String> lines = LINES.subList(part * 500 / 7, (part + 1) * 500 / 7);
      write("part-" + part + ".csv", HEADER + String.join("\n", lines) + "\n");
    }

    ReadInteractions.Result read =
        pipeline.apply(read("part-*.csv", ParsedLog.CSV).withRangeBytes(256));

    PAssert.that(rows(read.blocks())).containsInAnyOrder(ROWS);
    PAssert.that(read.rejected()).empty();
    pipeline.run();
  }

  @Test
  void aCompressedFileIsReadWholeAndItsRejectsHaveNoOffset(TestPipeline pipeline)
      throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("log.csv.gz")))) {
      out.write((HEADER + String.join("\n", LINES) + "\nbad").getBytes(StandardCharsets.UTF_8));
    }

    ReadInteractions.Result read =
        pipeline.apply(read("log.csv.gz", ParsedLog.CSV).withRangeBytes(100));

    PAssert.that(rows(read.blocks())).containsInAnyOrder(ROWS);
    PAssert.thatSingleton(read.rejected())
        .satisfies(
            row -> {
              assertThat(row.getOffset()).isEqualTo(-1);
              return null;
            });
    pipeline.run();
  }

  @Test
  void goodAndBadRowsAddUpInOutputsAndCounters(TestPipeline pipeline) throws IOException {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(10, "1,2,bad,4");
    lines.set(400, "1,2");
    write("log.csv", HEADER + String.join("\r\n", lines));
    String source = folder.resolve("log.csv").toString();

    ReadInteractions.Result read =
        pipeline.apply(read("log.csv", ParsedLog.CSV).withRangeBytes(1_000));

    PAssert.that(read.rejected())
        .satisfies(
            rejected -> {
              assertThat(rejected)
                  .extracting(RejectedRecord::getReason)
                  .containsExactlyInAnyOrder(
                      RejectionReason.BAD_RATING, RejectionReason.WRONG_FIELD_COUNT);
              assertThat(rejected).extracting(RejectedRecord::getSource).containsOnly(source);
              return null;
            });
    PAssert.that(read.blocks())
        .satisfies(
            blocks -> {
              assertThat(blocks).extracting(InteractionBlock::getSource).containsOnly(source);
              return null;
            });
    PipelineResult result = pipeline.run();
    assertThat(counter(result, "interactions_read")).isEqualTo(498);
    assertThat(counter(result, "interactions_rejected")).isEqualTo(2);
  }

  @Test
  void interactionsAreTheRowsOfTheBlocks(TestPipeline pipeline) throws IOException {
    write("log.csv", HEADER + "1,2,3,4\n5,6,,8\n");

    ReadInteractions.Result read =
        pipeline.apply(read("log.csv", ParsedLog.CSV.withOptionalRating()));

    PAssert.that(read.blocks().apply(ExpandInteractions.create()))
        .containsInAnyOrder(new Interaction("1", "2", 3f, 4L), new Interaction("5", "6", null, 8L));
    pipeline.run();
  }

  @Test
  void aFileWithoutRowsGivesNothing(TestPipeline pipeline) throws IOException {
    write("log.csv", HEADER);

    ReadInteractions.Result read = pipeline.apply(read("log.csv", ParsedLog.CSV));

    PAssert.that(read.blocks()).empty();
    PAssert.that(read.rejected()).empty();
    pipeline.run();
  }

  @Test
  void aRangeWithoutBytesIsRefusedAtOnce() {
    assertThatThrownBy(() -> read("log.csv", ParsedLog.CSV).withRangeBytes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range bytes 0: give at least 1");
  }

  @Test
  void everySettingIsDisplayed() {
    DisplayData displayed = DisplayData.from(read("log.csv", ParsedLog.CSV).withRangeBytes(7));

    assertThat(displayed.items())
        .extracting(DisplayData.Item::getKey)
        .contains("pattern", "rangeBytes", "separator", "userColumn", "timeUnit");
  }

  private ReadInteractions read(String name, InteractionFormat format) {
    return ReadInteractions.from(folder.resolve(name).toString(), format);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static PCollection<String> rows(PCollection<InteractionBlock> blocks) {
    return blocks
        .apply(ExpandInteractions.create())
        .apply(
            MapElements.into(TypeDescriptors.strings())
                .via(
                    row ->
                        String.join(
                            "|",
                            row.getUserId(),
                            row.getItemId(),
                            String.valueOf(row.getRating()),
                            String.valueOf(row.getTime()))));
  }

  private static long counter(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(ReadInteractions.class, name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getAttempted();
  }
}
