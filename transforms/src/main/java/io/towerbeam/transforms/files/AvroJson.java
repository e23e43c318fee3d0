package io.towerbeam.transforms.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro records as the JSON that people and scripts expect: keys in snake_case, unions unwrapped,
 * enum symbols in lower case, map keys sorted. Avro's own JSON encoding names the branch of every
 * union.
 */
public final class AvroJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AvroJson() {}

  /** A record, or a collection of records, as indented UTF-8 JSON with a final line end. */
  public static byte[] bytes(Object recordOrCollection) {
    try {
      return (MAPPER.writeValueAsString(node(recordOrCollection)) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /**
   * A datum as a JSON tree.
   *
   * @throws IllegalArgumentException if it holds bytes or another type that JSON has no word for
   */
  public static JsonNode node(Object datum) {
    if (datum == null) {
      return NODES.nullNode();
    } else if (datum instanceof IndexedRecord record) {
      return recordNode(record);
    } else if (datum instanceof Map<?, ?> map) {
      return mapNode(map);
    } else if (datum instanceof Collection<?> collection) {
      ArrayNode array = NODES.arrayNode(collection.size());
      collection.forEach(element -> array.add(node(element)));
      return array;
    } else if (datum instanceof Enum<?> symbol) {
      return NODES.textNode(symbol.name().toLowerCase(Locale.ROOT));
    } else if (datum instanceof CharSequence text) {
      return NODES.textNode(text.toString());
    } else if (datum instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    } else if (datum instanceof Integer || datum instanceof Long) {
      return NODES.numberNode(((Number) datum).longValue());
    } else if (datum instanceof Float number) {
      return NODES.numberNode(number);
    } else if (datum instanceof Double number) {
      return NODES.numberNode(number);
    }
    throw new IllegalArgumentException("no JSON for a " + datum.getClass().getName());
  }

  private static ObjectNode recordNode(IndexedRecord record) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(snakeCase(field.name()), node(record.get(field.pos())));
    }
    return object;
  }

  private static ObjectNode mapNode(Map<?, ?> map) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    ObjectNode object = NODES.objectNode();
    sorted.forEach((key, value) -> object.set(key, node(value)));
    return object;
  }

  /** {@code nTrainUsers} as {@code n_train_users}. */
  static String snakeCase(String camelCase) {
    StringBuilder snake = new StringBuilder();
    for (char c : camelCase.toCharArray()) {
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
