package io.towerbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTimeTest {
  @ParameterizedTest
  @CsvSource({
    "975768738, 975768738",
    "-1, -1",
    "1970-01-01T00:01:00Z, 60",
    "1970-01-01T01:01:00+01:00, 60",
    "1970-01-02, 86400"
  })
  void secondsTimesAndDatesAreTaken(String text, long seconds) {
    assertThat(SplitTime.epochSeconds(text)).isEqualTo(seconds);
  }

  @Test
  void aDayThatTheCalendarLacksIsRefused() {
    assertThatThrownBy(() -> SplitTime.epochSeconds("2001-02-29"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--splitTime=2001-02-29: give epoch seconds");
  }
}
