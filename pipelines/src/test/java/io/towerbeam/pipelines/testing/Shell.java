package io.towerbeam.pipelines.testing;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Types a command line and keeps what it prints. Workflows that make shards make two unless told
 * otherwise: the sixteen that are usual take longer than all else that is done to a small log.
 */
public final class Shell {
  /** When everything happens, unless a test says otherwise. */
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final Set<String> THAT_MAKE_SHARDS =
      Set.of("prepare", "leaderboard", "train", "tune", "evaluate");

  private Shell() {}

  /** What came of it. */
  public record Answer(int exitCode, String out, String err) {}

  public static Answer type(String... words) {
    return typeAt(NOON, words);
  }

  public static Answer typeAt(Instant time, String... words) {
    List<String> more = new ArrayList<>(List.of(words));
    boolean isGiven = more.stream().anyMatch(word -> word.startsWith("--shards="));
    if (!isGiven && more.stream().findFirst().filter(THAT_MAKE_SHARDS::contains).isPresent()) {
      more.add("--shards=2");
    }
    return typeAsItIs(time, more.toArray(String[]::new));
  }

  /** Types it without a word more. */
  public static Answer typeAsItIs(Instant time, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(printTo(out), printTo(err));
    int exitCode = new CommandLine(console, Clock.fixed(time, ZoneOffset.UTC)).run(List.of(words));
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
