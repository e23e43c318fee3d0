package io.towerbeam.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Peers in Python, run as processes of one thread that print a JSON line. */
final class Peers {
  /** The interpreter that the Debian packages are for. */
  private static final String PYTHON = System.getProperty("peer.python", "/usr/bin/python3");

  private static final Path SCRIPTS = Path.of("src/test/benchmark");

  private Peers() {}

  /** CPU microseconds of one call of a part of {@code inner_parts.py}: the median of seven. */
  static double innerPart(String part) throws IOException {
    return run(SCRIPTS.resolve("inner_parts.py"), part).get("cpu_us").asDouble();
  }

  /** CPU seconds of an epoch of the published training loop, on one thread. */
  static double notebookEpoch(Path script, Path data) throws IOException {
    JsonNode told =
        run(script, "--threads", "1", "--batches", "40", "--data", data.toRealPath().toString());
    return told.get("cpu_s_per_epoch").asDouble();
  }

  private static JsonNode run(Path script, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    for (String library : List.of("OMP", "OPENBLAS", "MKL")) {
      builder.environment().put(library + "_NUM_THREADS", "1");
    }
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("%s ended with %d".formatted(command, process.exitValue()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command + " was not waited for", e);
    }
    return new ObjectMapper().readTree(told);
  }
}
