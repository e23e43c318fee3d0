package io.towerbeam.ml.models.training;

import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.schemas.EpochReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line per epoch to the log: for workers and wherever there is no terminal. */
public final class LoggedProgress implements TrainingProgress {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedProgress.class);

  @Override
  public void started(String model, long step, long steps) {
    if (step > 0) {
      LOG.info("{} goes on after step {} of {}", model, step, steps);
    }
  }

  @Override
  public void finishedEpoch(EpochReport report) {
    LOG.info("{}", describe(report));
  }

  static String describe(EpochReport report) {
    return "%s epoch %d/%d: loss %.4f a batch, %.1f s, %,.0f pairs/s"
        .formatted(
            report.getModel(),
            report.getEpoch(),
            report.getEpochs(),
            report.getLoss() / report.getBatches(),
            report.getSeconds(),
            report.getExamples() / Math.max(report.getSeconds(), 1e-9));
  }
}
