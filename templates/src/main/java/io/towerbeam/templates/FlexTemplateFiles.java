package io.towerbeam.templates;

import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of all templates, a folder per workflow. */
public final class FlexTemplateFiles {
  private FlexTemplateFiles() {}

  /** What the files of a workflow's template hold, by file name. */
  public static Map<String, String> of(Workflow<?> workflow) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("metadata.json", FlexTemplateMetadata.of(workflow));
    files.put("container_spec.json", ContainerSpecFile.of(workflow));
    return files;
  }

  /**
   * Writes the files of all workflows.
   *
   * @param args the folder to write to
   */
  public static void main(String[] args) throws IOException {
    for (Workflow<?> workflow : Workflows.find().all()) {
      Path folder = Files.createDirectories(Path.of(args[0]).resolve(workflow.name()));
      for (Map.Entry<String, String> file : of(workflow).entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }
}
