package io.towerbeam.pipelines.spi;

import io.towerbeam.pipelines.options.WorkflowOptions;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;

/** The runner support of the class path. */
public final class RunnerSupports {
  private RunnerSupports() {}

  /** That of the runner which the options name; for runners without any, one that adds nothing. */
  public static RunnerSupport of(PipelineOptions options) {
    for (RunnerSupport support : ServiceLoader.load(RunnerSupport.class)) {
      if (support.isFor(options)) {
        return support;
      }
    }
    return new Plain();
  }

  /** A fault on one line, if a service is known that words it so. */
  public static Optional<String> inWords(Throwable fault) {
    return ServiceLoader.load(RunnerSupport.class).stream()
        .flatMap(support -> support.get().inWords(fault).stream())
        .findFirst();
  }

  /** The same, or the fault's own message where none is known. */
  public static String inWordsOrItsOwn(Throwable fault) {
    return inWords(fault).orElse(String.valueOf(fault.getMessage()));
  }

  /** Whether some service answered so that trying again is of no use. */
  public static boolean isFinal(Throwable fault) {
    return ServiceLoader.load(RunnerSupport.class).stream()
        .anyMatch(support -> support.get().isFinal(fault));
  }

  /** Runs as Beam runs. */
  private static final class Plain implements RunnerSupport {
    @Override
    public boolean isFor(PipelineOptions options) {
      return true;
    }

    @Override
    public void prepare(Workflow<?> workflow, WorkflowOptions options, Console console) {}
  }
}
