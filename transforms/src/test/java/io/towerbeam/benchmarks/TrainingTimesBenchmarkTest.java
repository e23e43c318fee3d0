package io.towerbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.testing.Ml1m;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.schemas.EpochReport;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What training on MovieLens-1M costs, beside the published loop in PyTorch and the matrix products
 * alone: lines of text, and {@code target/benchmarks/training.json}. Epochs, loops and products
 * take turns. {@code -Dpeer.loop} is the loop, as a program that takes {@code --data}, {@code
 * --threads} and {@code --batches} and prints {@code cpu_s_per_epoch}; without it it is left out.
 */
@Tag("benchmark")
class TrainingTimesBenchmarkTest {
  private static final PrintStream OUT = System.out;
  private static final Path RESULTS = Path.of("target/benchmarks/training.json");
  private static final int ROUNDS = 5;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ObjectNode results = new ObjectMapper().createObjectNode();

  @Test
  void printsWhatTrainingCosts() throws Exception {
    assumeTrue(Files.exists(Ml1m.folder()), () -> "no MovieLens-1M in " + Ml1m.folder());
    Ml1m data = Ml1m.read();
    String loop = System.getProperty("peer.loop", "");
    List<Double> peers = new ArrayList<>();
    List<Double> products = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    train(data, "two-tower-hybrid", 1, Map.of("epochs", "2")); // so that what follows is compiled
    for (int round = 0; round < ROUNDS; round++) {
      Epochs epochs = train(data, "two-tower-hybrid", 1, Map.of("epochs", "3"));
      ours.add(median(epochs.cpu));
      String product = MatrixProductsBenchmark.class.getName() + ".ofOneStep";
      products.add(Jmh.cpuMicros(product) * epochs.batches / 1e6);
      if (!loop.isEmpty()) {
        peers.add(Peers.notebookEpoch(Path.of(loop), Ml1m.folder()));
      }
    }
    tell("two-tower-hybrid, an epoch, CPU s", ours);
    tell("matrix products of an epoch, CPU s", products);
    tell("published loop, an epoch, CPU s", peers);
    tell(
        "an epoch on one thread, s",
        train(data, "two-tower-hybrid", 1, Map.of("epochs", "6")).seconds);
    tell(
        "an epoch on two threads, s",
        train(data, "two-tower-hybrid", 2, Map.of("epochs", "6")).seconds);
    tell("an epoch on a GPU, s", onGpu(data));
    tell("contextual-two-tower, all training, CPU s", contextual(data));
    assertThat(median(ours)).isPositive();
    Files.createDirectories(RESULTS.getParent());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(RESULTS.toFile(), results);
  }

  /** Empty where there is none, or its natives are not on the class path. */
  private List<Double> onGpu(Ml1m data) throws Exception {
    if (Torch.engine().getGpuCount() == 0) {
      OUT.println("an epoch on a GPU: not run, there is none");
      return List.of();
    }
    return train(data, "two-tower-hybrid", DeviceChoice.GPU, 1, Map.of("epochs", "6")).seconds;
  }

  private List<Double> contextual(Ml1m data) throws Exception {
    List<Double> cpu = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long start = system.getProcessCpuTime();
      train(data, "contextual-two-tower", 1, Map.of());
      cpu.add((system.getProcessCpuTime() - start) / 1e9);
    }
    return cpu;
  }

  private Epochs train(Ml1m data, String model, int threads, Map<String, String> given)
      throws Exception {
    return train(data, model, DeviceChoice.CPU, threads, given);
  }

  private Epochs train(
      Ml1m data, String model, DeviceChoice device, int threads, Map<String, String> given)
      throws Exception {
    RankingModelProvider provider = RankingModels.onClassPath().get(model);
    Epochs epochs = new Epochs();
    FitContext context =
        new FitContext(model, 42, device, false, threads, new MemoryFiles(), epochs);
    ParameterValues parameters = ParameterValues.of(provider.parameters(), given);
    provider.fit(data.train(), parameters, context).close();
    return epochs;
  }

  private void tell(String what, List<Double> values) {
    if (!values.isEmpty()) {
      OUT.printf("%-45s %8.3f   of %s%n", what, median(values), values);
      results.putObject(what).put("median", median(values)).putPOJO("all", values);
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }

  /** CPU seconds of the process, and seconds, of each epoch. */
  private final class Epochs implements TrainingProgress {
    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private long batches;
    private long before;

    @Override
    public void started(String model, long step, long steps) {
      before = system.getProcessCpuTime();
    }

    @Override
    public void finishedEpoch(EpochReport report) {
      cpu.add((system.getProcessCpuTime() - before) / 1e9);
      before = system.getProcessCpuTime();
      seconds.add(report.getSeconds());
      batches = report.getBatches();
    }
  }
}
