package io.towerbeam.ml.models.training;

import io.towerbeam.ml.models.TrainingProgress;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Draws a bar with the loss, the pairs per second and the time left: for a person at a terminal.
 */
public final class ProgressBarProgress implements TrainingProgress {
  private static final int WIDTH = 100;
  private static final int UPDATE_MILLIS = 200;

  private final PrintStream terminal;
  private ProgressBar bar;

  /**
   * @param terminal where the bar is drawn; not closed
   */
  public ProgressBarProgress(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void started(String model, long step, long steps) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(model)
            .setInitialMax(steps)
            .startsFrom(step, Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
            .build();
  }

  @Override
  public void stepped(long step, double meanLoss, double examplesPerSecond) {
    bar.stepTo(step);
    bar.setExtraMessage("loss %.4f, %,.0f pairs/s".formatted(meanLoss, examplesPerSecond));
  }

  @Override
  public void ended() {
    bar.close();
  }
}
