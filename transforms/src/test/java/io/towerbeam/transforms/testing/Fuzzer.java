package io.towerbeam.transforms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.towerbeam.ml.random.CounterRandom;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Gives a reader damaged inputs, and watches what each costs. It is guided by what the reader does,
 * as far as that shows from outside: an input with an outcome that no earlier one had (reasons and
 * number of rows to a power of two, or an exception's class and the lines that threw it) joins the
 * inputs that further ones are made of. Branches are not counted: the engines that do so bring
 * Kotlin or JUnit 4, which this project keeps out.
 *
 * @param name the reader's name
 * @param reader reads an input, and tells what came of it in a few words
 * @param declared the exceptions that it says it throws
 */
public record Fuzzer(String name, Reader reader, List<Class<? extends Exception>> declared) {
  private static final long SEED = Long.getLong("towerbeam.fuzzSeed", 42);

  /** How often the count of a short run a long one has. */
  public static final int NIGHTLY = Integer.getInteger("towerbeam.fuzzFactor", 20);

  private static final int LARGEST_CORPUS = 1_000;
  private static final long MOST_CPU_NANOS = 5_000_000_000L;
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_BYTES_PER_BYTE = 500;
  private static final int FRAMES = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is fuzzed. */
  @FunctionalInterface
  public interface Reader {
    String read(byte[] input) throws Exception;
  }

  /** Reads {@code count} inputs made of {@code examples}. */
  public void run(int count, List<byte[]> examples) {
    List<byte[]> corpus = new ArrayList<>(examples);
    Set<String> outcomes = new HashSet<>();
    for (int i = 0; i < count; i++) {
      CounterRandom random = CounterRandom.of(SEED, name.hashCode(), i);
      byte[] start = corpus.get(random.nextInt(corpus.size()));
      byte[] other = corpus.get(random.nextInt(corpus.size()));
      byte[] input = i < examples.size() ? start : Mutations.of(start, other, random);
      if (outcomes.add(outcome(input)) && corpus.size() < LARGEST_CORPUS) {
        corpus.add(input);
      }
    }
    System.out.printf("fuzz: %d inputs of %s, %d outcomes%n", count, name, outcomes.size());
  }

  private String outcome(byte[] input) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    String outcome;
    try {
      outcome = reader.read(input);
    } catch (Exception | Error e) {
      if (declared.stream().noneMatch(type -> type.isInstance(e))) {
        throw new AssertionError("%s broke on %s".formatted(name, shown(input)), e);
      }
      outcome = site(e);
    }
    assertThat(THREADS.getCurrentThreadCpuTime() - cpu)
        .as("CPU time of %s for %s", name, shown(input))
        .isLessThan(MOST_CPU_NANOS);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
        .as("bytes of %s for %s", name, shown(input))
        .isLessThan(MOST_BYTES + (long) MOST_BYTES_PER_BYTE * input.length);
    return outcome;
  }

  private static String site(Throwable fault) {
    StringBuilder site = new StringBuilder(fault.getClass().getName());
    StackTraceElement[] trace = fault.getStackTrace();
    for (int frame = 0; frame < Math.min(FRAMES, trace.length); frame++) {
      site.append(' ').append(trace[frame]);
    }
    return site.toString();
  }

  private static String shown(byte[] input) {
    return HexFormat.of().formatHex(input, 0, Math.min(input.length, 2_000));
  }
}
