package io.towerbeam.templates.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.spi.Console;
import java.io.IOException;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * Looks whether a cluster can run a job, before it is sent.
 *
 * @param rest the cluster
 */
record ClusterCheck(FlinkRest rest) {
  /**
   * Asks the cluster, and tells the user where the job can be watched and what to mind.
   *
   * @throws UsageException if nothing answers, it is another Flink, or it works on this run already
   */
  void check(WorkflowOptions options, Console console) {
    JsonNode overview = overview();
    requireVersion(overview.path("flink-version").asText());
    requireNoSuchJob(options.getJobName());
    if (overview.path("slots-total").asInt() == 0) {
      console.err().println("Flink has no TaskManager yet: the job waits for one");
    }
    if (!rest.address().isHere() && AbsolutePaths.isLocal(options.getOutput())) {
      console
          .err()
          .printf(
              "--output=%s is a path of this machine: every TaskManager must see the same folder"
                  + " there; if they do not, give a path in a store, such as gs://bucket/folder%n",
              options.getOutput());
    }
    console
        .out()
        .printf(
            "Flink job %s goes to %s; stopping this command does not stop it%n",
            options.getJobName(), rest.address().resource("jobs/overview"));
  }

  private JsonNode overview() {
    try {
      return rest.get("overview");
    } catch (IOException e) {
      throw new UsageException(
          "flinkMaster",
          rest.address().toString(),
          "host:port of a Flink JobManager that answers there (%s)"
              .formatted(FlinkFaults.ofConnection(e)));
    }
  }

  private void requireVersion(String version) {
    String ours = minor(EnvironmentInformation.getVersion());
    if (!minor(version).equals(ours)) {
      throw new UsageException(
          "flinkMaster",
          rest.address().toString(),
          "a cluster of Flink %s (%s)"
              .formatted(
                  ours, version.isEmpty() ? "what answers is no Flink" : "this one is " + version));
    }
  }

  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+)\\..*", "$1");
  }

  /** A job's name is its run's. */
  private void requireNoSuchJob(String name) {
    JsonNode jobs;
    try {
      jobs = rest.get("jobs/overview").path("jobs");
    } catch (IOException e) {
      throw new UsageException(
          "flinkMaster",
          rest.address().toString(),
          "a Flink JobManager that lists its jobs (%s)".formatted(FlinkFaults.ofConnection(e)));
    }
    for (JsonNode job : jobs) {
      boolean goesOn = job.path("end-time").asLong() < 0;
      if (goesOn && job.path("name").asText().equals(name)) {
        throw new UsageException(
            ("the run is being worked on by Flink job %s: wait for it, or stop it by curl -X PATCH"
                    + " %s")
                .formatted(
                    job.path("jid").asText(),
                    rest.address().resource("jobs/" + job.path("jid").asText())));
      }
    }
  }
}
