package io.towerbeam.templates.flink;

import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;

/** Options of a job that follow from others where they are not given. */
final class JobDefaults {
  /**
   * A dead TaskManager costs many: until it is missed, by default after 20 seconds, each retry asks
   * it for its files in vain, and later one is needed for each of those that a step still reads.
   */
  private static final int RETRIES = 50;

  private static final long RETRY_DELAY_MILLIS = 1000;

  /** What Beam takes for a batch job if nothing is given. */
  private static final long BEAMS_BUNDLE = 5000;

  /**
   * Before a shuffle Beam joins a bundle's elements of one key into one record, and Flink's sort
   * fails on a record above its buffer, of some MB. A block has up to .7 MB.
   */
  private static final long BUNDLE = 4;

  private JobDefaults() {}

  /**
   * Sets those of any job. It runs on Flink's data streams in batch mode: the older data sets,
   * Beam's default, take time that doubles with every join to plan a graph, and for ours that is
   * minutes. Elements are handed on without a copy, since Beam forbids to change them.
   */
  static void set(FlinkPipelineOptions job) {
    job.setUseDataStreamForBatch(true);
    job.setFasterCopy(true);
    if (job.getMaxBundleSize() == BEAMS_BUNDLE) {
      job.setMaxBundleSize(BUNDLE);
    }
  }

  /** Sets those of a job that is sent to a cluster: the files it carries, and its retries. */
  static void setForCluster(FlinkPipelineOptions job) {
    if (job.getNumberOfExecutionRetries() == -1) {
      job.setNumberOfExecutionRetries(RETRIES);
    }
    if (job.getExecutionRetryDelay() == -1) {
      job.setExecutionRetryDelay(RETRY_DELAY_MILLIS);
    }
    if (job.getFilesToStage() == null) {
      job.setFilesToStage(
          PipelineResources.detectClassPathResourcesToStage(FlinkRunner.class.getClassLoader(), job)
              .stream()
              .filter(file -> !ClusterJars.isOne(file))
              .toList());
    }
  }
}
