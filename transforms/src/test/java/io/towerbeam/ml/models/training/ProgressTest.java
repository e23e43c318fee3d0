package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.schemas.EpochReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void theBarEndsFullWithTheLossAndTheSpeed() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    ProgressBarProgress bar =
        new ProgressBarProgress(new PrintStream(terminal, true, StandardCharsets.UTF_8));
    bar.started("two-tower-hybrid", 0, 4);
    for (int step = 1; step <= 4; step++) {
      bar.stepped(step, .5, 250_000);
    }
    bar.ended();
    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .contains("two-tower-hybrid", "100%", "4/4", "loss 0.5000", "250,000 pairs/s");
  }

  @Test
  void anEpochIsOneLine() {
    EpochReport report = new EpochReport("m", 3, 30, 391, 4_000_710L, 195.5, 5e-4, 2.0);
    assertThat(LoggedProgress.describe(report))
        .isEqualTo("m epoch 3/30: loss 0.5000 a batch, 2.0 s, 2,000,355 pairs/s");
  }
}
