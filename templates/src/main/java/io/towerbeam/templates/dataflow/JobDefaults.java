package io.towerbeam.templates.dataflow;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;

/** Options of a job that follow from others where they are not given. */
final class JobDefaults {
  /** What resource hints and a worker image of one's own need. */
  private static final String RUNNER_V2 = "use_runner_v2";

  private JobDefaults() {}

  /**
   * Sets them: Runner v2; the place of passing files, which is beside the runs; and the files that
   * are staged, which are those of the class path without libtorch.
   */
  static void set(DataflowPipelineOptions job, String output) {
    if (job.getTempLocation() == null) {
      job.setTempLocation(output.replaceAll("/+$", "") + "/temp");
    }
    List<String> experiments =
        new ArrayList<>(job.getExperiments() == null ? List.of() : job.getExperiments());
    if (!experiments.contains(RUNNER_V2)) {
      experiments.add(RUNNER_V2);
      job.setExperiments(experiments);
    }
    if (job.getFilesToStage() == null) {
      job.setFilesToStage(
          PipelineResources.detectClassPathResourcesToStage(
                  DataflowRunner.class.getClassLoader(), job)
              .stream()
              .filter(file -> !Natives.isOne(file))
              .toList());
    }
  }
}
