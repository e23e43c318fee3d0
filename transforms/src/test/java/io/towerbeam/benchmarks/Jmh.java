package io.towerbeam.benchmarks;

import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks in a JVM of their own. */
final class Jmh {
  private Jmh() {}

  /** CPU microseconds of one call of the method: the median of seven half seconds of calls. */
  static double cpuMicros(String benchmark) throws RunnerException {
    Result<?> cpu =
        new Runner(
                new OptionsBuilder()
                    .include("^" + Pattern.quote(benchmark) + "$")
                    .mode(Mode.AverageTime)
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(7)
                    .measurementTime(TimeValue.milliseconds(500))
                    .addProfiler(CpuTime.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle()
            .getSecondaryResults()
            .get(CpuTime.LABEL);
    return cpu.getStatistics().getPercentile(50);
  }
}
