package io.towerbeam.templates.launch;

import com.google.api.services.dataflow.model.FlexTemplateRuntimeEnvironment;
import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;

/**
 * The settings of a job that are no parameters of its template: machines, network, account. They
 * are given under the names that Beam has for them.
 */
final class LaunchEnvironment {
  private static final String RUNNER_V2 = "use_runner_v2";

  /** How each option is put into a request. */
  private static final Map<
          String, BiConsumer<DataflowPipelineOptions, FlexTemplateRuntimeEnvironment>>
      SETTINGS = new LinkedHashMap<>();

  static {
    SETTINGS.put("tempLocation", (o, e) -> e.setTempLocation(o.getTempLocation()));
    SETTINGS.put("stagingLocation", (o, e) -> e.setStagingLocation(o.getStagingLocation()));
    SETTINGS.put("serviceAccount", (o, e) -> e.setServiceAccountEmail(o.getServiceAccount()));
    SETTINGS.put("network", (o, e) -> e.setNetwork(o.getNetwork()));
    SETTINGS.put("subnetwork", (o, e) -> e.setSubnetwork(o.getSubnetwork()));
    SETTINGS.put("usePublicIps", (o, e) -> e.setIpConfiguration(addresses(o)));
    SETTINGS.put("numWorkers", (o, e) -> e.setNumWorkers(o.getNumWorkers()));
    SETTINGS.put("maxNumWorkers", (o, e) -> e.setMaxWorkers(o.getMaxNumWorkers()));
    SETTINGS.put("workerMachineType", (o, e) -> e.setMachineType(o.getWorkerMachineType()));
    SETTINGS.put("workerRegion", (o, e) -> e.setWorkerRegion(o.getWorkerRegion()));
    SETTINGS.put("workerZone", (o, e) -> e.setWorkerZone(o.getWorkerZone()));
    SETTINGS.put("diskSizeGb", (o, e) -> e.setDiskSizeGb(o.getDiskSizeGb()));
    SETTINGS.put("dataflowKmsKey", (o, e) -> e.setKmsKeyName(o.getDataflowKmsKey()));
    SETTINGS.put("sdkContainerImage", (o, e) -> e.setSdkContainerImage(o.getSdkContainerImage()));
    SETTINGS.put("labels", (o, e) -> e.setAdditionalUserLabels(o.getLabels()));
    SETTINGS.put("experiments", (o, e) -> e.setAdditionalExperiments(experiments(o)));
  }

  /** Options that say how the request is made rather than how the job runs. */
  private static final Set<String> OF_THE_CLIENT =
      Set.of(
          "project",
          "region",
          "jobName",
          "apiRootUrl",
          "dataflowEndpoint",
          "gcsEndpoint",
          "credentialFactoryClass");

  private LaunchEnvironment() {}

  /**
   * What of the environment was given; null if nothing was.
   *
   * @param given the names of the options that were given
   * @param ofLaunch the names that launch itself has
   * @throws UsageException for an option that a launch cannot hand over
   */
  static FlexTemplateRuntimeEnvironment of(
      DataflowPipelineOptions options, Set<String> given, Set<String> ofLaunch) {
    FlexTemplateRuntimeEnvironment environment = new FlexTemplateRuntimeEnvironment();
    for (String name : given) {
      if (SETTINGS.containsKey(name)) {
        SETTINGS.get(name).accept(options, environment);
      } else if (!OF_THE_CLIENT.contains(name) && !ofLaunch.contains(name)) {
        throw new UsageException(
            "--%s: a launch cannot hand it over%s"
                .formatted(name, Nearest.hint(name, known(ofLaunch), "--")));
      }
    }
    return environment.isEmpty() ? null : environment;
  }

  private static Set<String> known(Set<String> ofLaunch) {
    Set<String> known = new TreeSet<>(SETTINGS.keySet());
    known.addAll(OF_THE_CLIENT);
    known.addAll(ofLaunch);
    return known;
  }

  private static String addresses(DataflowPipelineOptions options) {
    return options.getUsePublicIps() ? "WORKER_IP_PUBLIC" : "WORKER_IP_PRIVATE";
  }

  /** What is given takes the place of the template's own list, which nothing works without. */
  private static List<String> experiments(DataflowPipelineOptions options) {
    List<String> experiments = new ArrayList<>(options.getExperiments());
    if (!experiments.contains(RUNNER_V2)) {
      experiments.add(RUNNER_V2);
    }
    return experiments;
  }
}
