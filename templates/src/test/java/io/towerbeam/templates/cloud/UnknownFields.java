package io.towerbeam.templates.cloud;

import com.google.api.client.json.GenericJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the fields of a message that its model class does not declare. */
final class UnknownFields {
  private UnknownFields() {}

  /** Their paths, such as {@code environment.workerPools[0].colour}; none if all are declared. */
  static List<String> in(GenericJson message) {
    List<String> unknown = new ArrayList<>();
    collect("", message, unknown);
    return unknown;
  }

  private static void collect(String path, Object value, List<String> unknown) {
    if (value instanceof GenericJson message) {
      message.getUnknownKeys().keySet().forEach(name -> unknown.add(path + name));
      message.forEach((name, field) -> collect(path + name + ".", field, unknown));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> collect(path + name + ".", field, unknown));
    } else if (value instanceof List<?> list) {
      String parent = path.substring(0, Math.max(0, path.length() - 1));
      for (int i = 0; i < list.size(); i++) {
        collect("%s[%d].".formatted(parent, i), list.get(i), unknown);
      }
    }
  }
}
