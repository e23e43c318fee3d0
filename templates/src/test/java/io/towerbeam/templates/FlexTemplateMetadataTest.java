package io.towerbeam.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The committed metadata against what the options declare. To write it anew, run {@link
 * FlexTemplateMetadata#main} with the folder {@code templates/flex}.
 */
class FlexTemplateMetadataTest {
  private static final Path COMMITTED = Path.of("flex");

  static Stream<Workflow<?>> workflows() {
    return Workflows.find().all().stream();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void whatIsCommittedIsWhatTheOptionsSay(Workflow<?> workflow) throws IOException {
    assertThat(FlexTemplateMetadata.file(COMMITTED, workflow))
        .content()
        .isEqualTo(FlexTemplateMetadata.of(workflow));
  }

  @Test
  void everyWorkflowHasATemplateAndNothingElseHas() throws IOException {
    Set<String> committed = new TreeSet<>();
    try (Stream<Path> folders = Files.list(COMMITTED)) {
      folders.forEach(folder -> committed.add(folder.getFileName().toString()));
    }
    assertThat(committed).containsExactlyElementsOf(Workflows.find().names());
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void defaultsAreAcceptedByTheirOwnRules(Workflow<?> workflow) throws IOException {
    JsonNode parameters =
        new ObjectMapper().readTree(FlexTemplateMetadata.of(workflow)).get("parameters");
    assertThat(parameters).isNotEmpty();
    for (JsonNode parameter : parameters) {
      if (parameter.has("defaultValue") && parameter.has("regexes")) {
        assertThat(parameter.get("defaultValue").asText())
            .as(parameter.get("name").asText())
            .matches(Pattern.compile(parameter.get("regexes").get(0).asText()));
      }
    }
  }
}
