package io.towerbeam.transforms.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Reads back what {@link AvroJson} wrote. Unknown keys are passed over, missing ones defaulted. */
public final class AvroJsonReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AvroJsonReader() {}

  /**
   * The record of type {@code type} that a file of a folder holds.
   *
   * @throws java.io.FileNotFoundException if there is none of that name
   * @throws IOException if it is not such a record
   */
  public static <T extends SpecificRecord> T read(Folder folder, String name, Class<T> type)
      throws IOException {
    try (InputStream in = folder.open(name)) {
      return read(in, type);
    }
  }

  /**
   * The record that a JSON file holds.
   *
   * @throws IOException if it is not JSON, or a field without default is missing or of another type
   */
  public static <T extends SpecificRecord> T read(InputStream in, Class<T> type)
      throws IOException {
    return record(MAPPER.readTree(in), type);
  }

  /** The records of a JSON array; see {@link #read}. */
  public static <T extends SpecificRecord> List<T> readAll(InputStream in, Class<T> type)
      throws IOException {
    List<T> records = new ArrayList<>();
    for (JsonNode element : MAPPER.readTree(in)) {
      records.add(record(element, type));
    }
    return records;
  }

  private static <T extends SpecificRecord> T record(JsonNode node, Class<T> type)
      throws IOException {
    try {
      return type.cast(datum(node, SpecificData.get().getSchema(type)));
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      throw new IOException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static Object datum(JsonNode node, Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> recordDatum(node, schema);
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        node.forEach(element -> list.add(datum(element, schema.getElementType())));
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new HashMap<>();
        node.fields()
            .forEachRemaining(
                entry -> map.put(entry.getKey(), datum(entry.getValue(), schema.getValueType())));
        yield map;
      }
      case UNION -> unionDatum(node, schema);
      case ENUM -> SpecificData.get().createEnum(node.asText().toUpperCase(Locale.ROOT), schema);
      case STRING -> required(node, node.isTextual(), schema).asText();
      case BOOLEAN -> required(node, node.isBoolean(), schema).asBoolean();
      case INT -> required(node, node.isIntegralNumber(), schema).asInt();
      case LONG -> required(node, node.isIntegralNumber(), schema).asLong();
      case FLOAT -> (float) required(node, node.isNumber(), schema).asDouble();
      case DOUBLE -> required(node, node.isNumber(), schema).asDouble();
      default -> throw new IllegalArgumentException("no JSON for " + schema.getType());
    };
  }

  private static Object recordDatum(JsonNode node, Schema schema) {
    SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(AvroJson.snakeCase(field.name()));
      record.put(
          field.pos(),
          value == null ? SpecificData.get().getDefaultValue(field) : datum(value, field.schema()));
    }
    return record;
  }

  private static Object unionDatum(JsonNode node, Schema union) {
    if (node.isNull()) {
      return null;
    }
    for (Schema branch : union.getTypes()) {
      boolean fits =
          switch (branch.getType()) {
            case BOOLEAN -> node.isBoolean();
            case INT, LONG -> node.isIntegralNumber();
            case FLOAT, DOUBLE -> node.isNumber();
            case STRING, ENUM -> node.isTextual();
            case RECORD, MAP -> node.isObject();
            case ARRAY -> node.isArray();
            default -> false;
          };
      if (fits) {
        return datum(node, branch);
      }
    }
    throw new IllegalArgumentException(node + " fits none of " + union);
  }

  private static JsonNode required(JsonNode node, boolean fits, Schema schema) {
    if (!fits) {
      throw new IllegalArgumentException(node + " is not a " + schema.getType().getName());
    }
    return node;
  }
}
