package io.towerbeam.templates;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.pipelines.spi.Workflow;

/**
 * The {@code container_spec.json} of a workflow's Flex Template: the launcher's image, the workers'
 * image and the metadata. A launch names the filled file in a bucket.
 */
public final class ContainerSpecFile {
  /** Where the build of the images fills in the launcher's. */
  public static final String LAUNCHER_IMAGE = "${LAUNCHER_IMAGE}";

  /** Where the build of the images fills in the workers'. */
  public static final String WORKER_IMAGE = "${WORKER_IMAGE}";

  private ContainerSpecFile() {}

  /** The container spec of a workflow as indented JSON with a final line end. */
  public static String of(Workflow<?> workflow) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.put("image", LAUNCHER_IMAGE);
    spec.putObject("sdkInfo").put("language", "JAVA");
    ObjectNode environment = spec.putObject("defaultEnvironment");
    environment.put("sdkContainerImage", WORKER_IMAGE);
    // without it there are neither own images nor resource hints
    environment.putArray("additionalExperiments").add("use_runner_v2");
    spec.set("metadata", FlexTemplateMetadata.json(workflow));
    return spec.toPrettyString() + "\n";
  }
}
