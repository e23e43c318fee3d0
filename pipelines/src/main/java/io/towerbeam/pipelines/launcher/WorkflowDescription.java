package io.towerbeam.pipelines.launcher;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.pipelines.options.OptionSpec;
import io.towerbeam.pipelines.options.OptionSpecs;
import io.towerbeam.pipelines.options.ValueType;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import java.util.List;
import java.util.Locale;

/**
 * A workflow as data: the fields of a Dataflow Flex Template's metadata, and besides them the
 * artifacts that it reads and writes.
 */
public final class WorkflowDescription {
  private WorkflowDescription() {}

  /** The description, keys in a fixed order. */
  public static ObjectNode of(Workflow<?> workflow) {
    ObjectNode description = JsonNodeFactory.instance.objectNode();
    description.put("name", workflow.name());
    description.put("description", workflow.description());
    ArrayNode parameters = description.putArray("parameters");
    for (OptionSpec option : OptionSpecs.of(workflow.optionsType()).visible()) {
      parameters.add(parameter(option));
    }
    addArtifacts(description.putArray("inputs"), workflow.inputs());
    addArtifacts(description.putArray("outputs"), workflow.outputs());
    return description;
  }

  private static ObjectNode parameter(OptionSpec option) {
    ObjectNode parameter = JsonNodeFactory.instance.objectNode();
    parameter.put("name", option.name());
    parameter.put("label", label(option.name()));
    parameter.put("helpText", helpText(option));
    parameter.put("isOptional", !option.isRequired());
    parameter.put("paramType", paramType(option));
    String regex = option.type().regex();
    if (!regex.isEmpty()) {
      // whoever checks it may search for it rather than match it
      parameter.putArray("regexes").add("^(%s)$".formatted(regex));
    }
    String defaultText = option.defaultText();
    if (!defaultText.isEmpty()) {
      parameter.put("defaultValue", defaultText);
    }
    if (!option.type().choices().isEmpty()) {
      ArrayNode choices = parameter.putArray("enumOptions");
      option.type().choices().forEach(c -> choices.addObject().put("value", c).put("label", c));
    }
    parameter.put("groupName", option.group());
    return parameter;
  }

  private static String helpText(OptionSpec option) {
    boolean isNumber = option.type().range() != null;
    return option.description() + (isNumber ? ". Give " + option.type().accepted() : "");
  }

  /** {@code maxRejectedFraction} as {@code Max rejected fraction}. */
  private static String label(String name) {
    String words = String.join(" ", name.split("(?=[A-Z])")).toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String paramType(OptionSpec option) {
    return option.place().map(place -> "GCS_" + place).orElseGet(() -> paramType(option.type()));
  }

  private static String paramType(ValueType type) {
    // a list is text to the console's form, whatever its elements are
    return switch (type.kind()) {
      case FLAG -> type.isList() ? "TEXT" : "BOOLEAN";
      case CHOICE -> type.isList() ? "TEXT" : "ENUM";
      case WHOLE_NUMBER, NUMBER -> type.isList() ? "TEXT" : "NUMBER";
      case TEXT, OTHER -> "TEXT";
    };
  }

  private static void addArtifacts(ArrayNode array, List<Artifact> artifacts) {
    for (Artifact artifact : artifacts) {
      ObjectNode node = array.addObject();
      node.put("name", artifact.name());
      node.put("path", artifact.path());
      if (!artifact.schema().isEmpty()) {
        node.put("schema", artifact.schema());
      }
      node.put("help", artifact.help());
    }
  }
}
