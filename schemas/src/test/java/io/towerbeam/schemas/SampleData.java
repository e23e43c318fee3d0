package io.towerbeam.schemas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Made-up data of any schema: a function of the schema and a number alone. */
final class SampleData {
  private static final int LEAST_SAMPLES = 3;

  private SampleData() {}

  /**
   * As many records of {@code schema} as show every symbol of its enums, every branch of its
   * unions, and arrays and maps with and without entries.
   */
  static List<GenericRecord> records(Schema schema) {
    List<GenericRecord> records = new ArrayList<>();
    for (int n = 0; n < samplesNeeded(schema); n++) {
      records.add((GenericRecord) datum(schema, n));
    }
    return records;
  }

  private static int samplesNeeded(Schema schema) {
    return switch (schema.getType()) {
      case RECORD ->
          schema.getFields().stream()
              .mapToInt(field -> samplesNeeded(field.schema()))
              .max()
              .orElse(LEAST_SAMPLES);
      case ENUM -> schema.getEnumSymbols().size();
      case UNION ->
          schema.getTypes().size()
              * schema.getTypes().stream().mapToInt(SampleData::samplesNeeded).max().orElse(1);
      case ARRAY -> samplesNeeded(schema.getElementType());
      case MAP -> samplesNeeded(schema.getValueType());
      default -> LEAST_SAMPLES;
    };
  }

  private static Object datum(Schema schema, int n) {
    return switch (schema.getType()) {
      case RECORD -> record(schema, n);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(n % schema.getEnumSymbols().size()));
      case UNION -> {
        int branches = schema.getTypes().size();
        yield datum(schema.getTypes().get(n % branches), n / branches);
      }
      case ARRAY -> array(schema, n);
      case MAP -> map(schema, n);
      case STRING -> "text " + n;
      case BYTES -> ByteBuffer.wrap(new byte[] {0, (byte) n, (byte) 0xff});
      case INT -> n;
      case LONG -> n * 10_000_000_000L;
      case FLOAT -> n + .5f;
      case DOUBLE -> n + .25;
      case BOOLEAN -> n % 2 == 1;
      case NULL -> null;
      case FIXED -> throw new IllegalArgumentException("no sample is made of " + schema);
    };
  }

  private static GenericRecord record(Schema schema, int n) {
    GenericRecordBuilder record = new GenericRecordBuilder(schema);
    for (Schema.Field field : schema.getFields()) {
      record.set(field, datum(field.schema(), n));
    }
    return record.build();
  }

  private static List<Object> array(Schema schema, int n) {
    List<Object> array = new ArrayList<>();
    for (int i = 0; i < n % LEAST_SAMPLES; i++) {
      array.add(datum(schema.getElementType(), n + i));
    }
    return array;
  }

  private static Map<String, Object> map(Schema schema, int n) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < n % (2 * LEAST_SAMPLES); i++) {
      map.put("key " + i, datum(schema.getValueType(), n + i));
    }
    return map;
  }
}
