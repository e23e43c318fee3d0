package io.towerbeam.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.dataflow.model.ContainerSpec;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.templates.testing.StrictModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The committed files of the templates against what the options declare. To write them anew, run
 * {@link FlexTemplateFiles#main} with the folder {@code templates/flex}.
 */
class FlexTemplateFilesTest {
  private static final Path COMMITTED = Path.of("flex");
  private static final Set<String> PARAM_TYPES =
      Set.of(
          "TEXT",
          "NUMBER",
          "BOOLEAN",
          "ENUM",
          "GCS_READ_FILE",
          "GCS_READ_FOLDER",
          "GCS_WRITE_FOLDER");

  static Stream<Workflow<?>> workflows() {
    return Workflows.find().all().stream();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void whatIsCommittedIsWhatTheOptionsSay(Workflow<?> workflow) {
    FlexTemplateFiles.of(workflow)
        .forEach(
            (name, text) ->
                assertThat(COMMITTED.resolve(workflow.name()).resolve(name))
                    .content()
                    .isEqualTo(text));
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
  void theServiceKnowsEveryField(Workflow<?> workflow) throws IOException {
    ContainerSpec spec =
        StrictModels.parse(read(workflow, "container_spec.json"), ContainerSpec.class);
    assertThat(spec.getSdkInfo().getLanguage()).isEqualTo("JAVA");
    assertThat(spec.getImage()).isEqualTo(ContainerSpecFile.LAUNCHER_IMAGE);
    assertThat(spec.getDefaultEnvironment().getSdkContainerImage())
        .isEqualTo(ContainerSpecFile.WORKER_IMAGE);
    assertThat(spec.getDefaultEnvironment().getAdditionalExperiments())
        .containsExactly("use_runner_v2");
    assertThat(spec.getMetadata()).isEqualTo(metadata(workflow));
  }

  @Test
  void anUnknownFieldWouldBeSeen() {
    String json = "{\"name\": \"x\", \"parameters\": [{\"name\": \"k\", \"isOptionl\": true}]}";
    assertThatThrownBy(() -> StrictModels.parse(json, TemplateMetadata.class))
        .hasMessage("unknown: TemplateMetadata.parameters[].isOptionl");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyOptionIsAParameterThatAFormCanShow(Workflow<?> workflow) throws IOException {
    TemplateMetadata metadata = metadata(workflow);
    assertThat(metadata.getName()).isEqualTo(workflow.name());
    assertThat(metadata.getDescription()).isNotBlank();
    assertThat(metadata.getParameters())
        .extracting(ParameterMetadata::getName)
        .containsExactlyElementsOf(
            OptionSpecs.of(workflow.optionsType()).visible().stream()
                .map(OptionSpec::name)
                .toList())
        .doesNotContain("project", "region", "startTime");
    for (ParameterMetadata parameter : metadata.getParameters()) {
      assertThat(parameter.getLabel()).isNotBlank();
      assertThat(parameter.getHelpText()).isNotBlank();
      assertThat(parameter.getGroupName()).isNotBlank();
      assertThat(parameter.getIsOptional()).isNotNull();
      assertThat(parameter.getParamType()).isIn(PARAM_TYPES);
      boolean isEnum = parameter.getParamType().equals("ENUM");
      assertThat(parameter.getEnumOptions() != null).isEqualTo(isEnum);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train,     output,          GCS_WRITE_FOLDER",
    "train,     input,           GCS_READ_FOLDER",
    "train,     interactions,    GCS_READ_FILE",
    "train,     items,           GCS_READ_FILE",
    "train,     trainOn,         ENUM",
    "train,     promote,         ENUM",
    "train,     refit,           BOOLEAN",
    "train,     holdout,         TEXT",
    "train,     seed,            NUMBER",
    "train,     splitQuantile,   NUMBER",
    "train,     k,               TEXT",
    "train,     model,           TEXT",
    "evaluate,  recommendations, GCS_READ_FILE",
    "recommend, input,           GCS_READ_FOLDER",
    "recommend, k,               NUMBER",
    "embed,     items,           GCS_READ_FILE",
    "embed,     users,           TEXT"
  })
  void parametersHaveTheTypeOfWhatTheyTake(String workflow, String name, String type)
      throws IOException {
    assertThat(parameter(workflow, name).getParamType()).isEqualTo(type);
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void defaultsAreAcceptedByTheirOwnRules(Workflow<?> workflow) throws IOException {
    for (ParameterMetadata parameter : metadata(workflow).getParameters()) {
      if (parameter.getDefaultValue() != null && parameter.getRegexes() != null) {
        assertThat(parameter.getDefaultValue())
            .as(parameter.getName())
            .matches(Pattern.compile(parameter.getRegexes().get(0)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void onlyTrainingAsksForAGpuAndThenRequiresIt(Workflow<?> workflow) throws IOException {
    Map<String, ParameterMetadata> parameters =
        metadata(workflow).getParameters().stream()
            .collect(Collectors.toMap(ParameterMetadata::getName, Function.identity()));
    boolean trains = TrainingOptions.class.isAssignableFrom(workflow.optionsType());
    assertThat(parameters.containsKey("requireGpu")).isEqualTo(trains);
    if (trains) {
      assertThat(parameters.get("requireGpu").getDefaultValue()).isEqualTo("true");
      assertThat(parameters.get("accelerator").getDefaultValue())
          .startsWith("type:nvidia-")
          .endsWith(";install-nvidia-driver");
    }
  }

  @Test
  void aJobInACloudHasNoDefaultFolder() throws IOException {
    ParameterMetadata output = parameter("train", "output");
    assertThat(output.getIsOptional()).isFalse();
    assertThat(output.getDefaultValue()).isNull();
    assertThat(output.getRegexes()).isEqualTo(List.of("^gs://[a-z0-9][a-z0-9._-]+[a-z0-9](/.*)?$"));
  }

  private static ParameterMetadata parameter(String workflow, String name) throws IOException {
    return metadata(Workflows.find().get(workflow)).getParameters().stream()
        .filter(parameter -> parameter.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static TemplateMetadata metadata(Workflow<?> workflow) throws IOException {
    return StrictModels.parse(read(workflow, "metadata.json"), TemplateMetadata.class);
  }

  private static String read(Workflow<?> workflow, String name) throws IOException {
    return Files.readString(COMMITTED.resolve(workflow.name()).resolve(name));
  }
}
