package io.towerbeam.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericRecord;

/**
 * What a schema owes to its released versions.
 *
 * <p>Avro's own resolution is not enough: it lets a field with a default be renamed, which loses
 * what was written, and a default be dropped, which breaks on data from before the field. So beside
 * readability both ways, no field, symbol or default may go away, and a released record must come
 * back whole from a trip through the current schema.
 */
final class CompatibilityRules {
  private CompatibilityRules() {}

  /** What is wrong with {@code current}, a line each; empty if nothing is. */
  static List<String> problems(Schema current, Schema released, List<GenericRecord> samples) {
    List<String> problems = new ArrayList<>();
    problems.addAll(unreadable("what was released", current, released));
    problems.addAll(unreadable("what is written now", released, current));
    Map<String, Schema> currentTypes = namedTypes(current);
    namedTypes(released)
        .forEach((name, type) -> problems.addAll(lost(name, type, currentTypes.get(name))));
    if (problems.isEmpty()) {
      samples.forEach(sample -> problems.addAll(changedOnTheWay(sample, current)));
      SampleData.records(current)
          .forEach(record -> problems.addAll(unreadableRecord(record, released)));
    }
    return problems;
  }

  private static List<String> unreadable(String what, Schema reader, Schema writer) {
    SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    return pair.getResult().getIncompatibilities().stream()
        .map(problem -> "%s cannot be read: %s".formatted(what, problem))
        .toList();
  }

  /** What the type called {@code name} had when it was released and has no more. */
  private static List<String> lost(String name, Schema released, Schema current) {
    if (current == null || current.getType() != released.getType()) {
      return List.of("%s is no %s any more".formatted(name, released.getType().getName()));
    }
    List<String> problems = new ArrayList<>();
    if (released.getType() == Schema.Type.ENUM) {
      released.getEnumSymbols().stream()
          .filter(symbol -> !current.hasEnumSymbol(symbol))
          .forEach(symbol -> problems.add("%s lost its symbol %s".formatted(name, symbol)));
      if (!String.valueOf(released.getEnumDefault()).equals(current.getEnumDefault())) {
        problems.add("%s changed its default %s".formatted(name, released.getEnumDefault()));
      }
      return problems;
    }
    for (Schema.Field field : released.getFields()) {
      Schema.Field now = current.getField(field.name());
      if (now == null) {
        problems.add("%s lost its field %s".formatted(name, field.name()));
      } else if (field.hasDefaultValue()
          && !(now.hasDefaultValue() && field.defaultVal().equals(now.defaultVal()))) {
        problems.add("%s.%s changed its default".formatted(name, field.name()));
      }
    }
    return problems;
  }

  private static List<String> changedOnTheWay(GenericRecord sample, Schema current) {
    try {
      GenericRecord back = AvroText.readAs(sample.getSchema(), AvroText.readAs(current, sample));
      return back.equals(sample)
          ? List.of()
          : List.of("a released record changed on the way: %s became %s".formatted(sample, back));
    } catch (IOException | AvroRuntimeException e) {
      return List.of("a released record cannot be read: %s: %s".formatted(sample, e));
    }
  }

  private static List<String> unreadableRecord(GenericRecord record, Schema released) {
    try {
      AvroText.readAs(released, record);
      return List.of();
    } catch (IOException | AvroRuntimeException e) {
      return List.of("an earlier reader cannot read %s: %s".formatted(record, e));
    }
  }

  /** {@code schema} and the records and enums inside it, by name, outermost first. */
  static Map<String, Schema> namedTypes(Schema schema) {
    Map<String, Schema> types = new LinkedHashMap<>();
    collect(schema, types);
    return types;
  }

  private static void collect(Schema schema, Map<String, Schema> types) {
    switch (schema.getType()) {
      case RECORD -> {
        if (types.putIfAbsent(schema.getName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), types));
        }
      }
      case ENUM -> types.putIfAbsent(schema.getName(), schema);
      case ARRAY -> collect(schema.getElementType(), types);
      case MAP -> collect(schema.getValueType(), types);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, types));
      default -> {
        // a type without a name holds no other
      }
    }
  }
}
