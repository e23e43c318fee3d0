package io.towerbeam.templates.testing;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads JSON into the classes of Google's API client, which by themselves keep unknown fields. */
public final class StrictModels {
  private StrictModels() {}

  /**
   * The object that a JSON text holds.
   *
   * @throws IllegalArgumentException if a field, at any depth, is not declared by its class
   */
  public static <T extends GenericJson> T parse(String json, Class<T> type) {
    try {
      T model = GsonFactory.getDefaultInstance().fromString(json, type);
      List<String> unknown = new ArrayList<>();
      collectUnknown(type.getSimpleName(), model, unknown);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException("unknown: " + String.join(", ", unknown));
      }
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collectUnknown(String path, Object value, List<String> unknown) {
    if (value instanceof GenericJson model) {
      model.getUnknownKeys().keySet().forEach(key -> unknown.add(path + "." + key));
      for (Map.Entry<String, Object> field : model.entrySet()) {
        collectUnknown(path + "." + field.getKey(), field.getValue(), unknown);
      }
    } else if (value instanceof Iterable<?> elements) {
      elements.forEach(element -> collectUnknown(path + "[]", element, unknown));
    }
  }
}
