package io.towerbeam.templates.launch;

import io.towerbeam.pipelines.options.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of a command line, sorted: the workflow, the template's parameters, the rest.
 *
 * @param workflow the name of the workflow
 * @param parameters what {@code --param=name=value} gives, in the order given
 * @param options the other options, as they are
 */
record LaunchWords(String workflow, Map<String, String> parameters, List<String> options) {
  private static final String PARAMETER = "--param";

  /**
   * Sorts words.
   *
   * @throws UsageException if there is no workflow, or a parameter without a value or given twice
   */
  static LaunchWords of(List<String> words) {
    if (words.isEmpty() || words.get(0).startsWith("-")) {
      throw new UsageException("launch: say first which workflow, as launch train --template=…");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> options = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (word.equals(PARAMETER) || word.startsWith(PARAMETER + "=")) {
        addParameter(parameters, word);
      } else {
        options.add(word);
      }
    }
    return new LaunchWords(words.get(0), parameters, options);
  }

  private static void addParameter(Map<String, String> parameters, String word) {
    String[] parts = word.split("=", 3);
    if (parts.length < 3 || parts[1].isEmpty()) {
      throw new UsageException(word + ": give --param=name=value");
    }
    if (parameters.put(parts[1], parts[2]) != null) {
      throw new UsageException("--param=%s is given twice: give it once".formatted(parts[1]));
    }
  }
}
