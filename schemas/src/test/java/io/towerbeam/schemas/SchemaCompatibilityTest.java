package io.towerbeam.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the schemas to what was released, by {@link CompatibilityRules}.
 *
 * <p>The released schemas and sample data lie under {@code src/test/resources/released/<version>/}
 * and are made by {@link ReleaseSchemas}; those of a version that users have are never changed.
 */
class SchemaCompatibilityTest {
  static List<SchemaFolder.Released> released() throws IOException {
    List<SchemaFolder.Released> all = new ArrayList<>();
    for (String version : SchemaFolder.versions()) {
      all.addAll(SchemaFolder.released(version));
    }
    return all;
  }

  static List<Schema> current() throws IOException {
    return SchemaFolder.current();
  }

  @ParameterizedTest
  @MethodSource("released")
  void whatWasReleasedIsReadAndEarlierReadersReadWhatIsWritten(SchemaFolder.Released released)
      throws ClassNotFoundException {
    assertThat(released.samples()).isNotEmpty();
    assertThat(
            CompatibilityRules.problems(
                generated(released.schema()), released.schema(), released.samples()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("released")
  void whatWasReleasedBecomesARecordOfOursAndThatIsReadByEarlierReaders(
      SchemaFolder.Released released) throws ClassNotFoundException, IOException {
    Schema now = generated(released.schema());
    for (GenericRecord sample : released.samples()) {
      SpecificRecord ours = AvroText.readAsOurs(now, sample);
      assertThat(AvroText.readAs(released.schema(), now, ours)).isEqualTo(sample);
    }
  }

  @Test
  void everyRecordIsHeldToARelease() throws IOException {
    assertThat(SchemaFolder.releasedNames())
        .as("records that are not: add them by ReleaseSchemas")
        .containsAll(
            SchemaFolder.current().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .map(Schema::getName)
                .toList());
  }

  @Test
  void everyReleaseHoldsTheRecordsOfTheOneBefore() throws IOException {
    List<String> names = List.of();
    for (String version : SchemaFolder.versions()) {
      List<String> now = names(SchemaFolder.released(version));
      assertThat(now).as(version).isNotEmpty().containsAll(names);
      names = now;
    }
  }

  @ParameterizedTest
  @MethodSource("current")
  void everySchemaAndFieldIsDocumented(Schema schema) {
    assertThat(schema.getDoc()).isNotBlank();
    if (schema.getType() == Schema.Type.RECORD) {
      assertThat(schema.getFields())
          .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("current")
  void everyEnumHasADefaultForSymbolsYetToCome(Schema schema) {
    assertThat(CompatibilityRules.namedTypes(schema).values())
        .filteredOn(type -> type.getType() == Schema.Type.ENUM)
        .allSatisfy(type -> assertThat(type.getEnumDefault()).as(type.getName()).isNotNull());
  }

  private static Schema generated(Schema schema) throws ClassNotFoundException {
    return SpecificData.get().getSchema(Class.forName(schema.getFullName()));
  }

  private static List<String> names(List<SchemaFolder.Released> records) {
    return records.stream().map(record -> record.schema().getName()).toList();
  }
}
