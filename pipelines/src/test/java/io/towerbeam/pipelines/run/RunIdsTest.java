package io.towerbeam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import java.time.Instant;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunIdsTest {
  private static final Instant LATE = Instant.parse("2026-03-01T23:59:58Z");
  private final WorkflowOptions options = PipelineOptionsFactory.as(WorkflowOptions.class);

  @Test
  void withoutAnythingTheTimeNamesTheRun() {
    RunIds.complete(options, "train", LATE);
    assertThat(options.getRunId()).isEqualTo("train-20260301T235958Z");
  }

  @Test
  void aRunDateNamesTheRun() {
    options.setRunDate("2026-02-28");
    RunIds.complete(options, "train", LATE);
    assertThat(options.getRunId()).isEqualTo("train-2026-02-28");
  }

  @Test
  void autoIsTodayInUtc() {
    options.setRunDate("auto");
    RunIds.complete(options, "train", LATE);
    assertThat(options.getRunId()).isEqualTo("train-2026-03-01");
    assertThat(options.getRunDate()).isEqualTo("2026-03-01");
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,              2026-03-01",
    "Asia/Tokyo,       2026-03-02",
    "America/New_York, 2026-03-01",
    "+00:00:03,        2026-03-02"
  })
  void autoIsTodayInTheTimeZoneWhichThenHasDoneItsPart(String timeZone, String today) {
    options.setRunDate("auto");
    options.setTimeZone(timeZone);
    RunIds.complete(options, "train", LATE);
    assertThat(options.getRunDate()).isEqualTo(today);
    assertThat(options.getTimeZone()).isNull();
  }

  @Test
  void aTimeZoneThatThereIsNotIsRefusedWithTheNearest() {
    options.setRunDate("auto");
    options.setTimeZone("Europe/Berln");
    assertThatThrownBy(() -> RunIds.complete(options, "train", LATE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--timeZone=Europe/Berln: give a time zone")
        .hasMessageEndingWith("; did you mean Europe/Berlin?");
  }

  @Test
  void aTimeZoneWithoutARunDateIsRefused() {
    options.setTimeZone("UTC");
    assertThatThrownBy(() -> RunIds.complete(options, "train", LATE))
        .isInstanceOf(UsageException.class)
        .hasMessage("--timeZone goes with --runDate=auto: give both");
  }

  @Test
  void aGivenNameStays() {
    options.setRunId("mine");
    options.setRunDate("2026-02-28");
    RunIds.complete(options, "train", LATE);
    assertThat(options.getRunId()).isEqualTo("mine");
  }

  @Test
  void aDayThatTheCalendarLacksIsRefused() {
    options.setRunDate("2026-02-29");
    assertThatThrownBy(() -> RunIds.complete(options, "train", LATE))
        .isInstanceOf(UsageException.class)
        .hasMessage("--runDate=2026-02-29: give a day that the calendar has, or auto");
  }
}
