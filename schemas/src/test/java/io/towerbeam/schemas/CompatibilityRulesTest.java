package io.towerbeam.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class CompatibilityRulesTest {
  private static final String RELEASED =
      """
      {"type": "record", "name": "Film", "fields": [
        {"name": "id", "type": "string"},
        {"name": "title", "type": "string", "default": ""},
        {"name": "year", "type": ["null", "int"], "default": null},
        {"name": "kind", "type": {"type": "enum", "name": "Kind",
          "symbols": ["OTHER", "SHORT", "LONG"], "default": "OTHER"}}
      ]}
      """;

  @Test
  void nothingIsWrongWithTheSameSchema() {
    assertThat(problemsAfter("", "")).isEmpty();
  }

  @Test
  void aNewFieldWithADefaultIsWelcome() {
    assertThat(
            problemsAfter(
                "{\"name\": \"id\",",
                "{\"name\": \"country\", \"type\": \"string\", \"default\": \"\"},"
                    + " {\"name\": \"id\","))
        .isEmpty();
  }

  @Test
  void aNewFieldWithoutADefaultIsRefused() {
    assertThat(
            problemsAfter(
                "{\"name\": \"id\",",
                "{\"name\": \"country\", \"type\": \"string\"}, {\"name\": \"id\","))
        .anyMatch(problem -> problem.contains("what was released cannot be read"));
  }

  @Test
  void aDroppedDefaultIsRefused() {
    assertThat(problemsAfter(", \"default\": \"\"", ""))
        .containsExactly("Film.title changed its default");
  }

  @Test
  void aDroppedNullDefaultIsRefused() {
    assertThat(problemsAfter(", \"default\": null", ""))
        .containsExactly("Film.year changed its default");
  }

  @Test
  void anotherDefaultIsRefused() {
    assertThat(problemsAfter(", \"default\": \"\"", ", \"default\": \"?\""))
        .containsExactly("Film.title changed its default");
  }

  @Test
  void aRenamedFieldIsRefusedThoughItsDefaultMakesItReadable() {
    assertThat(problemsAfter("\"title\"", "\"name\"")).containsExactly("Film lost its field title");
  }

  @Test
  void aRenamedFieldWithoutADefaultIsRefused() {
    assertThat(problemsAfter("\"name\": \"id\"", "\"name\": \"key\""))
        .contains("Film lost its field id")
        .anyMatch(problem -> problem.contains("what was released cannot be read"));
  }

  @Test
  void aFieldOfAnotherTypeIsRefused() {
    assertThat(problemsAfter("[\"null\", \"int\"]", "[\"null\", \"string\"]"))
        .anyMatch(problem -> problem.contains("cannot be read"));
  }

  @Test
  void aWiderTypeIsRefusedForTheSakeOfEarlierReaders() {
    assertThat(problemsAfter("[\"null\", \"int\"]", "[\"null\", \"long\"]"))
        .anyMatch(problem -> problem.contains("what is written now cannot be read"));
  }

  @Test
  void aLostSymbolIsRefused() {
    assertThat(problemsAfter(", \"LONG\"", "")).containsExactly("Kind lost its symbol LONG");
  }

  @Test
  void aNewSymbolIsWelcomeSinceEarlierReadersSeeTheDefault() {
    assertThat(problemsAfter("\"LONG\"", "\"LONG\", \"SERIES\"")).isEmpty();
  }

  @Test
  void anEnumWithoutItsDefaultIsRefused() {
    assertThat(problemsAfter(", \"default\": \"OTHER\"", ""))
        .containsExactly("Kind changed its default OTHER");
  }

  @Test
  void samplesShowEverySymbolAndBranch() {
    List<GenericRecord> samples = SampleData.records(parse(RELEASED));

    assertThat(samples)
        .extracting(sample -> sample.get("kind").toString())
        .contains("OTHER", "SHORT", "LONG");
    assertThat(samples)
        .extracting(sample -> sample.get("year"))
        .containsNull()
        .anyMatch(Integer.class::isInstance);
  }

  private static List<String> problemsAfter(String taken, String given) {
    Schema released = parse(RELEASED);
    assertThat(RELEASED).contains(taken);
    return CompatibilityRules.problems(
        parse(RELEASED.replace(taken, given)), released, SampleData.records(released));
  }

  private static Schema parse(String json) {
    return new Schema.Parser().parse(json);
  }
}
