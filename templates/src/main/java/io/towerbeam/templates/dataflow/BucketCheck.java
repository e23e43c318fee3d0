package io.towerbeam.templates.dataflow;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;

/** Whether the buckets that a job writes to are there, and may be looked at. */
public final class BucketCheck {
  private BucketCheck() {}

  /**
   * Asks Cloud Storage.
   *
   * @throws UsageException for the first that is not
   */
  static void check(WorkflowOptions options) {
    DataflowPipelineOptions job = options.as(DataflowPipelineOptions.class);
    if (options.getOutput().startsWith("gs:")) {
      // the bucket alone is a place for output too
      check(job, "output", options.getOutput(), options.getOutput() + "/runs");
    }
    check(job, "tempLocation", job.getTempLocation(), job.getTempLocation());
    check(job, "stagingLocation", job.getStagingLocation(), job.getStagingLocation());
  }

  /**
   * Asks Cloud Storage for one folder.
   *
   * @param given what {@code option} says
   * @throws UsageException if it is none that may be written to
   */
  public static void check(GcsOptions options, String option, String given, String folder) {
    try {
      options.getPathValidator().validateOutputFilePrefixSupported(folder);
    } catch (RuntimeException e) {
      throw new UsageException(
          option,
          given,
          "a folder in a bucket that is there and may be written to (%s)"
              .formatted(CloudFaults.inOneLine(e)));
    }
  }
}
