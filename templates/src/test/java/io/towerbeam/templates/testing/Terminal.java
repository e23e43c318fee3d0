package io.towerbeam.templates.testing;

import io.towerbeam.pipelines.spi.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.ToIntFunction;

/** Keeps what is printed, and stops the clock. */
public final class Terminal {
  /** When everything happens, unless a test says otherwise. */
  public static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private Terminal() {}

  /** What came of it. */
  public record Answer(int exitCode, String out, String err) {}

  /** Does something that talks to its user and ends with an exit code. */
  public static Answer see(ToIntFunction<Console> what) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = what.applyAsInt(new Console(printTo(out), printTo(err)));
    return new Answer(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
