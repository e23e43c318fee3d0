package io.towerbeam.pipelines.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes two starts the same run: the workflow and those of its own options that shape its
 * files. Where they go and what they are called does not, nor do the runner's options.
 *
 * @param workflow the workflow's name
 * @param options values by name, defaults included
 */
public record Fingerprint(String workflow, SortedMap<String, String> options) {
  private static final Set<String> NAMES_AND_PLACES = Set.of("output", "runId");

  /** The fingerprint of a workflow with all its options; those that do not count are dropped. */
  public static Fingerprint of(String workflow, Map<String, String> options) {
    SortedMap<String, String> counted = new TreeMap<>(options);
    counted.keySet().removeAll(NAMES_AND_PLACES);
    return new Fingerprint(workflow, counted);
  }

  /** SHA-256 over the workflow's name and the options, in hexadecimal digits. */
  public String digest() {
    StringBuilder text = new StringBuilder(workflow);
    options.forEach(
        (name, value) -> text.append("\n%s=%d:%s".formatted(name, value.length(), value)));
    return Sha256.hex(text.toString());
  }

  /** How {@code other} differs, such as {@code --k=5 (was 10)}; empty if it does not. */
  public List<String> differencesOf(Fingerprint other) {
    List<String> differences = new ArrayList<>();
    if (!workflow.equals(other.workflow)) {
      differences.add("%s (was %s)".formatted(other.workflow, workflow));
    }
    Set<String> names = new TreeSet<>(options.keySet());
    names.addAll(other.options.keySet());
    for (String name : names) {
      String before = options.get(name);
      String now = other.options.get(name);
      if (!Objects.equals(before, now)) {
        differences.add(
            "--%s%s (was %s)"
                .formatted(
                    name,
                    now == null ? " not given" : "=" + now,
                    before == null ? "unset" : before));
      }
    }
    return differences;
  }
}
