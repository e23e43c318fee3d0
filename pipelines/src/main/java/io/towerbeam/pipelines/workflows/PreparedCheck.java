package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.PreparedInput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.SerializableFunction;

/** What speaks against the files of a prepared run: that they hold more or less than it says. */
final class PreparedCheck {
  private PreparedCheck() {}

  static SerializableFunction<Map<String, Long>, List<String>> of(PreparedInput prepared) {
    String folder = prepared.folder();
    TreeMap<String, Long> said = new TreeMap<>(prepared.fileCounts());
    return found -> {
      Set<String> names = new TreeSet<>(said.keySet());
      names.addAll(found.keySet());
      return names.stream()
          .filter(name -> !said.getOrDefault(name, 0L).equals(found.getOrDefault(name, 0L)))
          .limit(1)
          .map(
              name ->
                  String.format(
                      Locale.ROOT,
                      "--input=%s: the files of that run hold %s=%,d, and its manifest says %,d:"
                          + " prepare it again",
                      folder,
                      name,
                      found.getOrDefault(name, 0L),
                      said.getOrDefault(name, 0L)))
          .toList();
    };
  }
}
