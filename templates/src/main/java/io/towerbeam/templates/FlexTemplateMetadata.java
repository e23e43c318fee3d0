package io.towerbeam.templates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.pipelines.launcher.WorkflowDescription;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code metadata.json} of a workflow's Flex Template, made of the declarations of its options,
 * so that the two cannot drift apart: name, description, and of each parameter its label, help,
 * type, default and what is accepted.
 */
public final class FlexTemplateMetadata {
  private FlexTemplateMetadata() {}

  /** The metadata of a workflow as indented JSON with a final line end. */
  public static String of(Workflow<?> workflow) {
    ObjectNode metadata = WorkflowDescription.of(workflow);
    metadata.remove(List.of("inputs", "outputs")); // which the template format does not know
    return metadata.toPrettyString() + "\n";
  }

  /** Where the metadata of a workflow stands below {@code folder}. */
  public static Path file(Path folder, Workflow<?> workflow) {
    return folder.resolve(workflow.name()).resolve("metadata.json");
  }

  /**
   * Writes the metadata of all workflows.
   *
   * @param args the folder to write to
   */
  public static void main(String[] args) throws IOException {
    for (Workflow<?> workflow : Workflows.find().all()) {
      Path file = file(Path.of(args[0]), workflow);
      Files.createDirectories(file.getParent());
      Files.writeString(file, of(workflow));
    }
  }
}
