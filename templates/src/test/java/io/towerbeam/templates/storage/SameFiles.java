package io.towerbeam.templates.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;

/** Holds the files of two places against each other. */
final class SameFiles {
  private SameFiles() {}

  /**
   * Makes sure that both have the same files of the same bytes. Where bytes differ, what is in them
   * must be the same but for the places' own paths and how long things took.
   */
  static void check(Place one, Place other) throws IOException {
    SortedMap<String, byte[]> expected = withoutLocks(one.files());
    SortedMap<String, byte[]> actual = withoutLocks(other.files());
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    for (String name : expected.keySet()) {
      if (!Arrays.equals(actual.get(name), expected.get(name))) {
        assertThat(text(name, actual.get(name), other.root()))
            .as(name)
            .isEqualTo(text(name, expected.get(name), one.root()));
      }
    }
  }

  /** What keeps two processes apart on a disk alone. */
  private static SortedMap<String, byte[]> withoutLocks(SortedMap<String, byte[]> files) {
    SortedMap<String, byte[]> kept = new TreeMap<>(files);
    kept.keySet().removeIf(name -> name.endsWith("/.lock"));
    return kept;
  }

  private static String text(String name, byte[] bytes, String root) throws IOException {
    String text =
        name.endsWith(".avro") ? records(bytes) : new String(bytes, StandardCharsets.UTF_8);
    if (name.endsWith(".html")) {
      text = text.replaceAll("[0-9][-0-9.,:TZ]*", "#");
    }
    return text.replace(root, "ROOT")
        .replaceAll("(\"(?:seconds|examplesPerSecond|examples_per_second)\" ?: )[-0-9.eE]+", "$1-")
        .replaceAll("(\"modified\" ?: )\"[^\"]*\"", "$1-")
        // a digest of options, paths among them
        .replaceAll("(\"fingerprint\" : )\"[^\"]*\"", "$1-")
        // of inputs that hold paths or times themselves
        .replaceAll("(\\.json\",\\s*\"bytes\" : )[0-9]+", "$1-");
  }

  private static String records(byte[] bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    try (DataFileStream<Object> records =
        new DataFileStream<>(new ByteArrayInputStream(bytes), new GenericDatumReader<>())) {
      records.forEach(record -> text.append(record).append('\n'));
    }
    return text.toString();
  }
}
