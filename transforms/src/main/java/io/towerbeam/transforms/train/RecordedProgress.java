package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.schemas.EpochReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** Keeps epoch reports in the model's folder, counts, and passes everything on. */
final class RecordedProgress implements TrainingProgress {
  private final Counter epochsTrained = Metrics.counter(FitModelFn.class, "epochs_trained");
  private final Counter examplesTrained = Metrics.counter(FitModelFn.class, "examples_trained");
  private final EpochFile file;
  private final TrainingProgress next;

  RecordedProgress(EpochFile file, TrainingProgress next) {
    this.file = file;
    this.next = next;
  }

  @Override
  public void started(String model, long step, long steps) {
    next.started(model, step, steps);
  }

  @Override
  public void stepped(long step, double meanLoss, double examplesPerSecond) {
    next.stepped(step, meanLoss, examplesPerSecond);
  }

  @Override
  public void finishedEpoch(EpochReport report) {
    try {
      file.add(report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    epochsTrained.inc();
    examplesTrained.inc(report.getExamples());
    next.finishedEpoch(report);
  }

  @Override
  public void ended() {
    next.ended();
  }
}
