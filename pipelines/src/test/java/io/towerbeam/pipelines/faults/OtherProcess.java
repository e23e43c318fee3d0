package io.towerbeam.pipelines.faults;

import io.towerbeam.pipelines.Towerbeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Towerbeam in a JVM of its own, which can be killed. What it prints goes into a file. */
final class OtherProcess {
  private static final int LIMIT_MINUTES = 10;

  private final Process process;
  private final Path output;

  private OtherProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** What a process that ended by itself said, both streams together. */
  record Ended(int exitCode, String output) {
    /** The lines that are for its user, without those of the log. */
    List<String> errorLines() {
      return output.lines().filter(line -> line.startsWith("towerbeam: ")).toList();
    }
  }

  static OtherProcess start(Path output, List<String> arguments) throws IOException {
    return start(output, List.of(), jar -> true, arguments);
  }

  /**
   * Starts one.
   *
   * @param prefix words before {@code java}, such as of a command that takes away the network
   * @param classPath which entries of this process's class path it has
   */
  static OtherProcess start(
      Path output, List<String> prefix, Predicate<String> classPath, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g", "-Dai.djl.offline=true"));
    words.addAll(List.of("-cp", classPath(classPath), Towerbeam.class.getName()));
    words.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    return new OtherProcess(builder.start(), output);
  }

  private static String classPath(Predicate<String> wanted) {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return String.join(
        System.getProperty("path.separator"),
        Stream.of(all.split(System.getProperty("path.separator"))).filter(wanted).toList());
  }

  /** Waits for its end. */
  Ended end() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("no end within %d minutes".formatted(LIMIT_MINUTES));
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  /** Sends SIGKILL after {@code delay}; false if the process had ended before. */
  boolean killAfter(Duration delay) throws InterruptedException {
    if (process.waitFor(delay.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    process.destroyForcibly();
    return process.waitFor() == 128 + 9;
  }
}
