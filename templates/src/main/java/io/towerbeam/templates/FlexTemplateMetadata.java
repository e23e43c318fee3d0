package io.towerbeam.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.pipelines.launcher.WorkflowDescription;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.List;

/**
 * The {@code metadata.json} of a workflow's Flex Template, made of the declarations of its options,
 * so that the two cannot drift apart: name, description, and of each parameter its label, help,
 * type, default and what is accepted. Project and region belong to the launch and are no
 * parameters.
 */
public final class FlexTemplateMetadata {
  private static final String PATH_TYPE = "GCS_";
  private static final String PATH_REGEX = "^gs://[a-z0-9][a-z0-9._-]+[a-z0-9](/.*)?$";

  private FlexTemplateMetadata() {}

  /** The metadata of a workflow as indented JSON with a final line end. */
  public static String of(Workflow<?> workflow) {
    return json(workflow).toPrettyString() + "\n";
  }

  static ObjectNode json(Workflow<?> workflow) {
    ObjectNode metadata = WorkflowDescription.of(workflow);
    metadata.remove(List.of("inputs", "outputs")); // which the template format does not know
    for (JsonNode parameter : metadata.withArray("parameters")) {
      adapt((ObjectNode) parameter, workflow);
    }
    return metadata;
  }

  /** What an option is in a job in the cloud. */
  private static void adapt(ObjectNode parameter, Workflow<?> workflow) {
    String name = parameter.get("name").asText();
    String templateDefault = TemplateDefaults.of(workflow).get(name);
    if (templateDefault != null) {
      parameter.put("defaultValue", templateDefault);
      parameter.put(
          "helpText",
          parameter.get("helpText").asText()
              + (name.equals("requireGpu")
                  ? ". false asks for none"
                  : ". None by default with requireGpu=false or device=cpu"));
    }
    if (TemplateDefaults.required().contains(name)) {
      parameter.put("isOptional", false);
      parameter.remove("defaultValue");
    }
    if (parameter.get("paramType").asText().startsWith(PATH_TYPE)) {
      parameter.putArray("regexes").add(PATH_REGEX);
    }
  }
}
