package io.towerbeam.templates.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import io.towerbeam.transforms.read.ColumnUse;
import io.towerbeam.transforms.read.InteractionRow;
import io.towerbeam.transforms.read.InteractionTableFormat;
import io.towerbeam.transforms.read.records.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the values of a table's columns, in the Avro that BigQuery gives of them. */
class RowOfRecordTest {
  private static final Schema TEXT = Schema.create(Schema.Type.STRING);
  private static final Schema WHOLE = Schema.create(Schema.Type.LONG);
  private static final Schema REAL = Schema.create(Schema.Type.DOUBLE);
  private static final Schema DAYS =
      LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
  private static final Schema MICROS =
      LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
  private static final Schema NUMERIC =
      LogicalTypes.decimal(38, 9).addToSchema(Schema.create(Schema.Type.BYTES));

  private static final InteractionTableFormat FORMAT =
      new InteractionTableFormat("p:d.t", "who", "sku", "at", "stars", TimeUnit.MICROSECONDS);

  @Test
  void idsAreTextsOrWholeNumbers() {
    assertThat(row(TEXT, new Utf8("ü"), WHOLE, 7L, MICROS, 1L, REAL, 4.5))
        .isEqualTo(new InteractionRow("ü", "7", 1L, 4.5));
    assertThat(row(NUMERIC, numeric("12"), TEXT, "x", MICROS, 1L, REAL, 4.5).user())
        .isEqualTo("12");
    assertThat(row(NUMERIC, numeric("1200"), TEXT, "x", MICROS, 1L, REAL, 4.5).user())
        .isEqualTo("1200");
  }

  @Test
  void ratingsAreNumbersOfAnyKind() {
    assertThat(row(TEXT, "u", TEXT, "x", WHOLE, 1L, WHOLE, 4L).rating()).isEqualTo(4.0);
    assertThat(row(TEXT, "u", TEXT, "x", WHOLE, 1L, NUMERIC, numeric("3.25")).rating())
        .isEqualTo(3.25);
  }

  @Test
  void timesAreCountedInTheirColumnsUnit() {
    assertThat(row(TEXT, "u", TEXT, "x", WHOLE, 99L, REAL, 1.0).time()).isEqualTo(99);
    assertThat(row(TEXT, "u", TEXT, "x", DAYS, 20_000, REAL, 1.0).time()).isEqualTo(20_000);
    for (String datetime : List.of("2026-01-31T12:00:00.5", "2026-01-31 12:00:00.500000")) {
      assertThat(row(TEXT, "u", TEXT, "x", TEXT, new Utf8(datetime), REAL, 1.0).time())
          .isEqualTo(1_769_860_800_500_000L);
    }
    assertThat(row(TEXT, "u", TEXT, "x", TEXT, "1969-12-31T23:59:59", REAL, 1.0).time())
        .isEqualTo(-1_000_000L);
    assertThat(row(TEXT, "u", TEXT, "x", TEXT, "1970-01-03", REAL, 1.0).time()).isEqualTo(2);
  }

  @Test
  void nullsStayNulls() {
    assertThat(row(TEXT, null, WHOLE, null, MICROS, null, NUMERIC, null))
        .isEqualTo(new InteractionRow(null, null, null, null));
  }

  @Test
  void withoutARatingColumnThereIsNone() {
    GenericRecord record = record(TEXT, "u", TEXT, "x", WHOLE, 1L, REAL, 1.0);
    InteractionTableFormat unrated =
        new InteractionTableFormat("p:d.t", "who", "sku", "at", "", TimeUnit.SECONDS);
    assertThat(new RowOfRecord(unrated).of(record).rating()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "STRING,NULLABLE,true,false,false",
    "INTEGER,REQUIRED,true,true,true",
    "INT64,,true,true,true",
    "FLOAT,NULLABLE,false,true,false",
    "FLOAT64,NULLABLE,false,true,false",
    "NUMERIC,NULLABLE,true,true,false",
    "BIGNUMERIC,NULLABLE,true,true,false",
    "TIMESTAMP,NULLABLE,false,false,true",
    "DATETIME,NULLABLE,false,false,true",
    "DATE,NULLABLE,false,false,true",
    "TIME,NULLABLE,false,false,false",
    "BOOLEAN,NULLABLE,false,false,false",
    "BYTES,NULLABLE,false,false,false",
    "JSON,NULLABLE,false,false,false",
    "RECORD,NULLABLE,false,false,false",
    "STRING,REPEATED,false,false,false",
    "INTEGER,REPEATED,false,false,false"
  })
  void columnsAreTakenForWhatTheirTypeCanBe(
      String type, String mode, boolean isId, boolean isRating, boolean isTime) {
    TableFieldSchema column = new TableFieldSchema().setName("c").setType(type).setMode(mode);
    ColumnType found = TableColumns.of(new TableSchema().setFields(List.of(column))).get("c");
    assertThat(ColumnUse.ID.accepts(found)).isEqualTo(isId);
    assertThat(ColumnUse.RATING.accepts(found)).isEqualTo(isRating);
    assertThat(ColumnUse.TIME.accepts(found)).isEqualTo(isTime);
  }

  @Test
  void aTableWithoutASchemaHasNoColumns() {
    assertThat(TableColumns.of(null)).isEmpty();
    assertThat(TableColumns.of(new TableSchema())).isEmpty();
  }

  private static InteractionRow row(Object... typesAndValues) {
    return new RowOfRecord(FORMAT).of(record(typesAndValues));
  }

  /** Of the columns who, sku, at and stars, each as a type and a value, in an order of its own. */
  private static GenericRecord record(Object... typesAndValues) {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Root").fields();
    List<String> names = List.of("who", "sku", "at", "stars");
    for (int i = names.size() - 1; i >= 0; i--) {
      Schema type = (Schema) typesAndValues[2 * i];
      fields
          .name(names.get(i))
          .type(Schema.createUnion(Schema.create(Schema.Type.NULL), type))
          .noDefault();
    }
    GenericRecord record = new GenericData.Record(fields.endRecord());
    for (int i = 0; i < names.size(); i++) {
      record.put(names.get(i), typesAndValues[2 * i + 1]);
    }
    return record;
  }

  private static Object numeric(String number) {
    return new Conversions.DecimalConversion()
        .toBytes(new BigDecimal(number).setScale(9), NUMERIC, NUMERIC.getLogicalType());
  }
}
