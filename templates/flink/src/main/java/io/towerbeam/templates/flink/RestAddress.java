package io.towerbeam.templates.flink;

import io.towerbeam.pipelines.options.UsageException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Flink cluster takes jobs.
 *
 * @param host a name or an address
 * @param port of its REST interface
 */
record RestAddress(String host, int port) {
  /** Flink's own number for that port. */
  private static final int DEFAULT_PORT = 8081;

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:http://)?([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?/?");
  private static final Set<String> IN_THIS_PROCESS = Set.of("[local]", "[auto]");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

  /**
   * What {@code --flinkMaster} says; empty if it asks for a cluster inside this process.
   *
   * @throws UsageException if it says neither
   */
  static Optional<RestAddress> of(String flinkMaster) {
    if (IN_THIS_PROCESS.contains(flinkMaster)) {
      return Optional.empty();
    }
    Matcher parts = HOST_AND_PORT.matcher(flinkMaster);
    if (!parts.matches()) {
      throw new UsageException(
          "flinkMaster",
          flinkMaster,
          "host:port of a Flink JobManager, such as localhost:8081, or [local]");
    }
    int port = parts.group(2) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(2));
    return Optional.of(new RestAddress(parts.group(1), port));
  }

  /** Whether it is on this very machine. */
  boolean isHere() {
    return LOOPBACK.contains(host);
  }

  URI resource(String path) {
    return URI.create("http://%s:%d/%s".formatted(host, port, path));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
