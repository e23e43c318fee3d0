package io.towerbeam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void namesAndPlacesDoNotCount() {
    assertThat(Fingerprint.of("train", Map.of("k", "5", "output", "a", "runId", "x")).digest())
        .isEqualTo(Fingerprint.of("train", Map.of("k", "5", "output", "b")).digest());
  }

  @Test
  void workflowAndValuesCount() {
    Fingerprint five = Fingerprint.of("train", Map.of("k", "5"));
    assertThat(five.digest())
        .isNotEqualTo(Fingerprint.of("tune", Map.of("k", "5")).digest())
        .isNotEqualTo(Fingerprint.of("train", Map.of("k", "50")).digest());
  }

  @Test
  void aLineBreakInAValueIsNoWayRoundIt() {
    assertThat(Fingerprint.of("t", Map.of("a", "1\nb=2")).digest())
        .isNotEqualTo(Fingerprint.of("t", Map.of("a", "1", "b", "2")).digest());
  }

  @Test
  void differencesAreNamed() {
    Fingerprint before = Fingerprint.of("train", Map.of("k", "5", "minRating", "3"));
    Fingerprint after = Fingerprint.of("tune", Map.of("k", "10", "items", "x.csv"));
    assertThat(before.differencesOf(after))
        .containsExactly(
            "tune (was train)",
            "--items=x.csv (was unset)",
            "--k=10 (was 5)",
            "--minRating not given (was 3)");
    assertThat(before.differencesOf(before)).isEmpty();
  }
}
