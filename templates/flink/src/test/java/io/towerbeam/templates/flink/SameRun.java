package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds what one runner made against what another one did. */
final class SameRun {
  /** They say how long something took, or where it lies. */
  private static final Pattern WITH_TIMES =
      Pattern.compile(
          "(gate/)?(manifest.json|report/.*|results/.*|trials/.*|model/[^/]+/(config.json|epochs.avro))");

  private static final Pattern TIMES =
      Pattern.compile("\"(seconds|examples_per_second)\" : [^,\\s}]+");

  private static final String RESULTS = "results/results.json";

  private SameRun() {}

  /** The same files with the same bytes; of the results, all but the times. */
  static void assertSame(Path actual, Path expected) throws IOException {
    SortedMap<String, Path> ours = files(actual);
    SortedMap<String, Path> theirs = files(expected);
    assertThat(ours.keySet()).isEqualTo(theirs.keySet());
    ours.forEach(
        (name, file) -> {
          if (!WITH_TIMES.matcher(name).matches()) {
            assertThat(file).as(name).hasSameBinaryContentAs(theirs.get(name));
          }
        });
    if (Files.exists(expected.resolve(RESULTS))) {
      assertThat(withoutTimes(actual)).isEqualTo(withoutTimes(expected));
    }
  }

  private static String withoutTimes(Path run) throws IOException {
    String results = Files.readString(run.resolve(RESULTS));
    assertThat(results).contains("\"metrics\"");
    return TIMES.matcher(results).replaceAll("$1");
  }

  private static SortedMap<String, Path> files(Path run) {
    try (Stream<Path> files = Files.walk(run)) {
      SortedMap<String, Path> byName = new TreeMap<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> byName.put(run.relativize(file).toString(), file));
      return byName;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
