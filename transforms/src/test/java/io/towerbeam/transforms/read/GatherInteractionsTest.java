package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.RejectedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class GatherInteractionsTest {
  private static final InteractionTableFormat FORMAT =
      new InteractionTableFormat("p:d.t", "who", "sku", "at", "stars", TimeUnit.MICROSECONDS);
  private static final List<InteractionRow> MIXED =
      List.of(
          new InteractionRow("u", "1", 1_999_999L, 5.0),
          new InteractionRow("v", "2", 7_000_000L, null),
          new InteractionRow(null, "1", 1_000_000L, 5.0),
          new InteractionRow("u", "", 1_000_000L, 5.0),
          new InteractionRow("u", "1", null, 5.0),
          new InteractionRow("u", "1", -1L, 5.0),
          new InteractionRow("u", "1", 1_000_000L, Double.NaN),
          new InteractionRow("u", "1", 1_000_000L, 1e300),
          new InteractionRow("u\0", "1", 1_000_000L, 5.0));

  @Test
  void everyRowIsInABlockOrRejectedWithItsReason(TestPipeline pipeline) {
    ReadInteractions.Result gathered = gather(pipeline, FORMAT, MIXED);

    PAssert.that(rows(gathered)).containsInAnyOrder("u|1|5.0|1", "v|2|NaN|7");
    PAssert.that(gathered.rejected())
        .satisfies(
            rejected -> {
              assertThat(rejected)
                  .extracting(row -> row.getReason() + ": " + row.getMessage())
                  .containsExactlyInAnyOrder(
                      "EMPTY_ID: who is null",
                      "EMPTY_ID: sku is empty",
                      "BAD_TIME: at is null",
                      "TIME_OUT_OF_RANGE: at \"-1\" is not from 0 to 4102444800000000, the start of"
                          + " 2100",
                      "BAD_RATING: stars \"NaN\" is not a number",
                      "BAD_RATING: stars \"1.0E300\" is too large for a number",
                      "NUL_CHARACTER: who holds a NUL character");
              assertThat(rejected).extracting(RejectedRecord::getSource).containsOnly("p:d.t");
              assertThat(rejected).extracting(RejectedRecord::getOffset).containsOnly(-1L);
              return null;
            });
    PipelineResult result = pipeline.run();
    assertThat(counter(result, "interactions_read")).isEqualTo(2);
    assertThat(counter(result, "interactions_rejected")).isEqualTo(7);
  }

  @Test
  void theOrderOfRowsAndTheirBundlesChangeNothingButTheBlocks(TestPipeline pipeline) {
    List<InteractionRow> rows =
        new ArrayList<>(
            IntStream.range(0, 500)
                .mapToObj(i -> new InteractionRow("u" + i % 37, "" + i, i * 1_000_000L, 1.0 * i))
                .toList());
    List<String> expected =
        IntStream.range(0, 500).mapToObj(i -> "u%d|%d|%d.0|%d".formatted(i % 37, i, i, i)).toList();
    Collections.shuffle(rows, new Random(7));

    ReadInteractions.Result gathered =
        pipeline
            .apply(Create.of(rows).withCoder(InteractionRow.coder()))
            .apply("OtherBundles", Reshuffle.viaRandomKey())
            .apply(GatherInteractions.of(FORMAT));

    PAssert.that(rows(gathered)).containsInAnyOrder(expected);
    PAssert.that(gathered.rejected()).empty();
    pipeline.run();
  }

  @Test
  void aBlockIsNoLongerThanBlocksAre(TestPipeline pipeline) {
    int count = InteractionColumns.MAX_ROWS + 5;

    ReadInteractions.Result gathered =
        pipeline
            .apply(Create.of(count))
            .apply(
                "Numbers",
                FlatMapElements.into(TypeDescriptors.integers())
                    .via(rows -> IntStream.range(0, rows).boxed().toList()))
            .apply(
                "Rows",
                MapElements.into(TypeDescriptor.of(InteractionRow.class))
                    .via(i -> new InteractionRow("u", "1", 1_000_000L * i, null)))
            .setCoder(InteractionRow.coder())
            .apply(GatherInteractions.of(FORMAT));

    PAssert.that(
            gathered
                .blocks()
                .apply(MapElements.into(TypeDescriptors.integers()).via(InteractionColumns::rows)))
        .containsInAnyOrder(InteractionColumns.MAX_ROWS, 5);
    pipeline.run();
  }

  @Test
  void daysAndSecondsAreTimesTooAndRatingsMayBeAbsent(TestPipeline pipeline) {
    InteractionTableFormat days =
        new InteractionTableFormat("p:d.t", "who", "sku", "on", "", TimeUnit.DAYS);
    ReadInteractions.Result gathered =
        gather(pipeline, days, List.of(new InteractionRow("u", "1", 2L, null)));

    PAssert.that(rows(gathered)).containsInAnyOrder("u|1|NaN|172800");
    pipeline.run();
    assertThat(days.columns()).containsExactly("who", "sku", "on");
  }

  @Test
  void noRowsGiveNothing(TestPipeline pipeline) {
    ReadInteractions.Result gathered = gather(pipeline, FORMAT, List.of());

    PAssert.that(gathered.blocks()).empty();
    PAssert.that(gathered.rejected()).empty();
    pipeline.run();
  }

  @Test
  void rowsOutliveTheirCoder() throws Exception {
    for (InteractionRow row : MIXED) {
      assertThat(CoderUtils.clone(InteractionRow.coder(), row)).isEqualTo(row);
    }
  }

  @Test
  void displayDataListsTheColumns() {
    assertThat(DisplayData.from(GatherInteractions.of(FORMAT)).asMap().keySet())
        .extracting(DisplayData.Identifier::getKey)
        .contains("table", "userColumn", "itemColumn", "timeColumn", "ratingColumn", "timeUnit");
  }

  private static ReadInteractions.Result gather(
      TestPipeline pipeline, InteractionTableFormat format, List<InteractionRow> rows) {
    return pipeline
        .apply(Create.of(rows).withCoder(InteractionRow.coder()))
        .apply(GatherInteractions.of(format));
  }

  private static PCollection<String> rows(ReadInteractions.Result gathered) {
    return gathered
        .blocks()
        .apply(
            "Rows",
            FlatMapElements.into(TypeDescriptors.strings()).via(block -> ParsedLog.rows(block)));
  }

  private static long counter(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(GatherInteractions.class, name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getAttempted();
  }
}
