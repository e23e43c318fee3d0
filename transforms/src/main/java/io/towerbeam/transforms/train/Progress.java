package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.training.LoggedProgress;
import io.towerbeam.ml.models.training.ProgressBarProgress;
import java.io.Console;

/** How this process shows progress. */
final class Progress {
  private Progress() {}

  /** A bar if a person is at a terminal, a line in the log per epoch if not. */
  static TrainingProgress forThisProcess() {
    return isTerminal(System.console())
        ? new ProgressBarProgress(System.err)
        : new LoggedProgress();
  }

  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before Java 22 there is no such method, and no console without a terminal
    }
  }
}
