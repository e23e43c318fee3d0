package io.towerbeam.templates.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.Recommendation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every schema whose records are loaded, as a table's; and the records as its rows. */
class TableSchemasTest {
  private static final Schema TEXTS = Schema.createArray(Schema.create(Schema.Type.STRING));

  /** Of every kind that a record can hold. */
  private static final Schema EVERYTHING =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Everything", "fields": [
                {"name": "whole", "type": "int", "doc": "A number."},
                {"name": "maybe", "type": ["null", "long"]},
                {"name": "real", "type": ["float", "null"]},
                {"name": "flag", "type": "boolean"},
                {"name": "bytes", "type": "bytes"},
                {"name": "four", "type": {"type": "fixed", "name": "Four", "size": 4}},
                {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED"]}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "exactly", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "on", "type": {"type": "int", "logicalType": "date"}},
                {"name": "any", "type": ["null", "boolean", "long", "string"]},
                {"name": "texts", "type": ["null", {"type": "array", "items": "string"}]},
                {"name": "counts", "type": {"type": "map", "values": "long"}},
                {"name": "lists", "type": {"type": "map", "values": {"type": "array", "items": "int"}}},
                {"name": "part", "type": ["null", {"type": "record", "name": "Part", "fields": [
                  {"name": "x", "type": "double"}]}]}]}""");

  @Test
  void embeddings() {
    assertThat(columns(Embedding.getClassSchema()))
        .isEqualTo("id STRING, model STRING, vector FLOAT*");
  }

  @Test
  void recommendations() {
    assertThat(columns(Recommendation.getClassSchema()))
        .isEqualTo("model STRING, userId STRING, items (itemId STRING, score FLOAT)*");
  }

  @Test
  void results() {
    assertThat(columns(EvaluationResult.getClassSchema()))
        .isEqualTo(
            "modelName STRING, evaluationDate STRING, segment STRING,"
                + " metrics (key STRING, value FLOAT)*,"
                + " ci95 (key STRING, value FLOAT*)*,"
                + " comparisons (metric STRING, against STRING, difference FLOAT, lower FLOAT,"
                + " upper FLOAT, pValue FLOAT)*,"
                + " parameters (key STRING, value STRING)*,"
                + " datasetInfo (nTrainUsers INTEGER, nTestUsers INTEGER, nItems INTEGER,"
                + " trainSize INTEGER, testSize INTEGER),"
                + " training (seconds FLOAT, epochs INTEGER, examplesPerSecond FLOAT)?,"
                + " synthetic BOOLEAN");
  }

  @Test
  void docsAreDescriptions() {
    for (Schema schema : List.of(Embedding.getClassSchema(), EvaluationResult.getClassSchema())) {
      assertThat(TableSchemas.of(schema).getFields())
          .extracting(TableFieldSchema::getDescription)
          .isEqualTo(schema.getFields().stream().map(Schema.Field::doc).toList());
    }
  }

  @Test
  void everyKindHasAColumn() {
    assertThat(columns(EVERYTHING))
        .isEqualTo(
            "whole INTEGER, maybe INTEGER?, real FLOAT?, flag BOOLEAN, bytes BYTES, four BYTES,"
                + " colour STRING, at TIMESTAMP, exactly TIMESTAMP, on DATE, any STRING?,"
                + " texts STRING*, counts (key STRING, value INTEGER)*,"
                + " lists (key STRING, value INTEGER*)*, part (x FLOAT)?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": \"int\"}}",
        "{\"type\": \"array\", \"items\": [\"null\", \"int\"]}",
        "{\"type\": \"array\", \"items\": {\"type\": \"map\", \"values\": \"int\"}}",
        "\"null\""
      })
  void whatNoTableHoldsIsRefused(String type) {
    Schema record =
        SchemaBuilder.record("R")
            .fields()
            .name("f")
            .type(new Schema.Parser().parse(type))
            .noDefault()
            .endRecord();
    assertThatThrownBy(() -> TableSchemas.of(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a table has no column for");
  }

  @Test
  void aRecordIsARow() {
    GenericRecord everything = everything();
    assertThat(RecordOfTable.of(everything, ROW).toString())
        .isEqualTo(
            "{\"whole\": 1, \"real\": 0.5, \"any\": \"7\", \"texts\": [\"a\", \"b\"],"
                + " \"colour\": \"RED\", \"at\": 1500000, \"on\": 2, \"bytes\": \"\\u0001\","
                + " \"counts\": [{\"key\": \"a\", \"value\": 1}, {\"key\": \"b\", \"value\": 2}],"
                + " \"part\": {\"x\": 1.0}}");
    everything.put("at", Instant.ofEpochMilli(1500));
    everything.put("on", LocalDate.ofEpochDay(2));
    assertThat(RecordOfTable.of(everything, ROW).get("at")).isEqualTo(1_500_000L);
    assertThat(RecordOfTable.of(everything, ROW).get("on")).isEqualTo(2);
  }

  @Test
  void whatIsMissingIsNullOrEmpty() {
    GenericRecord everything = everything();
    for (String name : List.of("real", "any", "texts", "part")) {
      everything.put(name, null);
    }
    GenericRecord row = RecordOfTable.of(everything, ROW);
    assertThat(List.of("real", "any", "part"))
        .allSatisfy(name -> assertThat(row.get(name)).isNull());
    assertThat(row.get("texts")).isEqualTo(List.of());
  }

  /** Rows of some of the columns, in an order of their own, as Beam makes them of a table. */
  private static final Schema ROW = row();

  private static Schema row() {
    return SchemaBuilder.record("root")
        .fields()
        .requiredLong("whole")
        .optionalDouble("real")
        .optionalString("any")
        .name("texts")
        .type(TEXTS)
        .noDefault()
        .requiredString("colour")
        .name("at")
        .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
        .noDefault()
        .name("on")
        .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
        .noDefault()
        .requiredBytes("bytes")
        .name("counts")
        .type(
            Schema.createArray(
                SchemaBuilder.record("counts")
                    .fields()
                    .requiredString("key")
                    .requiredLong("value")
                    .endRecord()))
        .noDefault()
        .name("part")
        .type(
            Schema.createUnion(
                Schema.create(Schema.Type.NULL),
                SchemaBuilder.record("part").fields().requiredDouble("x").endRecord()))
        .noDefault()
        .endRecord();
  }

  private static GenericRecord everything() {
    Schema some =
        Schema.createRecord(
            "Everything",
            null,
            null,
            false,
            EVERYTHING.getFields().stream()
                .filter(field -> ROW.getField(field.name()) != null)
                .map(field -> new Schema.Field(field.name(), field.schema()))
                .toList());
    GenericRecord record = new GenericData.Record(some);
    record.put("whole", 1);
    record.put("real", 0.5f);
    record.put("any", 7L);
    record.put("texts", Arrays.asList("a", "b"));
    record.put("colour", new GenericData.EnumSymbol(EVERYTHING.getField("colour").schema(), "RED"));
    record.put("at", 1500L);
    record.put("on", 2);
    record.put("bytes", ByteBuffer.wrap(new byte[] {1}));
    record.put("counts", Map.of("b", 2L, "a", 1L));
    GenericRecord part =
        new GenericData.Record(EVERYTHING.getField("part").schema().getTypes().get(1));
    part.put("x", 1.0);
    record.put("part", part);
    return record;
  }

  private static String columns(Schema schema) {
    return columns(TableSchemas.of(schema).getFields());
  }

  /** Name and type, with * for REPEATED and ? for NULLABLE. */
  private static String columns(List<TableFieldSchema> fields) {
    return fields.stream()
        .map(
            field ->
                field.getName()
                    + " "
                    + (field.getType().equals("RECORD")
                        ? "(" + columns(field.getFields()) + ")"
                        : field.getType())
                    + Map.of("REPEATED", "*", "NULLABLE", "?", "REQUIRED", "").get(field.getMode()))
        .collect(Collectors.joining(", "));
  }
}
