package io.towerbeam.templates.cloud;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds what a message holds that its model class does not declare: fields of other names, and
 * anything but a text where a text belongs. The client library's own parser lets both pass.
 */
final class UnknownFields {
  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  /**
   * Their paths, such as {@code environment.workerPools[0].colour}; none if all are declared.
   *
   * @param message as its class has it
   * @param json what it was parsed from
   */
  static List<String> in(GenericJson message, String json) throws IOException {
    UnknownFields fields = new UnknownFields();
    fields.collect(
        "", message, GsonFactory.getDefaultInstance().fromString(json, GenericJson.class));
    return fields.found;
  }

  private void collect(String path, Object value, Object asSent) {
    if (value instanceof GenericJson message) {
      message.getUnknownKeys().keySet().forEach(name -> found.add(path + name));
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> collect(path + name + ".", field, at(asSent, name)));
    } else if (value instanceof List<?> list && asSent instanceof List<?> sent) {
      for (int i = 0; i < list.size(); i++) {
        collect("%s[%d].".formatted(withoutDot(path), i), list.get(i), sent.get(i));
      }
    } else if (value instanceof String && !(asSent instanceof String)) {
      found.add(withoutDot(path) + " that is no text");
    }
  }

  private static Object at(Object map, Object name) {
    return map instanceof Map<?, ?> fields ? fields.get(name) : null;
  }

  private static String withoutDot(String path) {
    return path.substring(0, Math.max(0, path.length() - 1));
  }
}
