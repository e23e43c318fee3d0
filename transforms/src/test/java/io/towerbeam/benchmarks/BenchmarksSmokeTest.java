package io.towerbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, for some milliseconds in this process: what it gives says nothing. */
class BenchmarksSmokeTest {
  private static final Map<String, RunResult> RESULTS = new TreeMap<>();

  @BeforeAll
  static void runAll() throws Exception {
    System.setProperty("jmh.ignoreLock", "true"); // nothing is measured, so others do not disturb
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io\\.towerbeam\\.")
                    .mode(Mode.AverageTime)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(5))
                    .addProfiler(CpuTime.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    results.forEach(result -> RESULTS.put(result.getParams().getBenchmark(), result));
  }

  @Test
  void everyBenchmarkTakesSomeTime() {
    assertThat(RESULTS)
        .allSatisfy(
            (name, result) -> assertThat(result.getPrimaryResult().getScore()).isPositive());
  }

  @Test
  void everyBenchmarkTellsItsCpuTime() {
    assertThat(RESULTS)
        .allSatisfy(
            (name, result) -> assertThat(result.getSecondaryResults()).containsKey(CpuTime.LABEL));
  }

  @Test
  void everyInnerPartIsABenchmarkAndEveryBenchmarkAPart() {
    List<String> named =
        InnerPart.ALL.stream().map(InnerPart::benchmark).distinct().sorted().toList();
    assertThat(named).isEqualTo(List.copyOf(RESULTS.keySet()));
  }
}
