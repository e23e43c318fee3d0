package io.towerbeam.templates.flink;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** What Flink refuses, in words for its user. */
final class FlinkFaults {
  private static final String NO_SLOTS = "NoResourceAvailableException";

  private FlinkFaults() {}

  /** The line; empty if the fault is none of Flink's own. */
  static Optional<String> inWords(Throwable fault) {
    boolean lacksSlots =
        Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
            .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(NO_SLOTS));
    return lacksSlots
        ? Optional.of(
            "Flink has not got the task slots that --parallelism asks for: start more"
                + " TaskManagers, or ask for fewer")
        : Optional.empty();
  }

  /** Why nothing was to be had from an address. */
  static String ofConnection(IOException fault) {
    String message = fault.getMessage();
    boolean isSilent = message == null || message.isBlank();
    return isSilent ? "no connection" : message.lines().findFirst().orElse("no connection");
  }
}
