package io.towerbeam.templates.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.templates.dataflow.BucketCheck;
import io.towerbeam.templates.dataflow.CloudFaults;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What can be known of tables and datasets before a run. Each check throws a {@link UsageException}
 * of one line.
 */
final class BigQueryChecks {
  /** Tables that hold their own rows: those of views and outside sources cannot be read so. */
  private static final Set<String> WITH_ROWS = Set.of("TABLE", "SNAPSHOT");

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;

  private final BigQueryOptions options;
  private final BigQueryService service;

  private BigQueryChecks(BigQueryOptions options) {
    this.options = options;
    this.service = BigQueryService.of(options);
  }

  /**
   * Checks by these options; where they name no project that pays, it is the given one.
   *
   * @param project that of the tables
   */
  static BigQueryChecks of(PipelineOptions options, String project) {
    BigQueryOptions cloud = options.as(BigQueryOptions.class);
    if (cloud.getBigQueryProject() == null && cloud.getProject() == null) {
      cloud.setBigQueryProject(project);
    }
    return new BigQueryChecks(cloud);
  }

  /** The table that {@code --interactionsTable} names. */
  Table table(TableName name) {
    Table table;
    try {
      table = service.table(name.reference());
    } catch (IOException | RuntimeException e) {
      throw refused("interactionsTable", name, "a table that is there and may be read", e);
    }
    if (table.getType() != null && !WITH_ROWS.contains(table.getType())) {
      throw new UsageException(
          "interactionsTable",
          name.toString(),
          "a table that holds its rows itself, which this %s does not: store them in a table"
              .formatted(table.getType().replace('_', ' ').toLowerCase(Locale.ROOT)));
    }
    return table;
  }

  /** The dataset that {@code --bigQueryDataset} names. */
  Dataset dataset(TableName table) {
    try {
      return service.dataset(table.datasetReference());
    } catch (IOException | RuntimeException e) {
      throw refused(
          "bigQueryDataset",
          table.project() + ":" + table.dataset(),
          "a dataset that is there and may be written to",
          e);
    }
  }

  /** Makes sure that a condition is one on the table's columns, if that may be asked. */
  void requireFilter(String filter, TableName name, String location) {
    String query = "SELECT 1 FROM %s WHERE (%s)".formatted(name.quoted(), filter);
    try {
      service.check(query, payingProject(), location);
    } catch (IOException | RuntimeException e) {
      // who may read tables need not have the right to start jobs: then the read itself will tell
      if (isAnswer(e, BAD_REQUEST)) {
        throw refused(
            "interactionsFilter", filter, "a condition of SQL on the columns of " + name, e);
      }
      if (!isAnswer(e, FORBIDDEN)) {
        throw refused("interactionsFilter", filter, "a condition that can be looked at", e);
      }
    }
  }

  /** Makes sure that jobs may be started in the project that pays for what the options ask. */
  void requireExportJobs(TableName table, String location) {
    requireJobs("interactionsTable", table, payingProject(), location);
  }

  /**
   * Makes sure that jobs may be started in a project.
   *
   * @param option the option that needs them, and its value
   */
  void requireJobs(String option, Object value, String project, String location) {
    try {
      service.check("SELECT 1", project, location);
    } catch (IOException | RuntimeException e) {
      throw new UsageException(
          "--%s=%s: BigQuery's jobs cannot be started in project %s (%s)"
              .formatted(option, value, project, CloudFaults.inOneLine(e)));
    }
  }

  /**
   * Makes sure that there is a bucket that files can be passed through: that of {@code
   * --tempLocation} or else, where it is in one, of {@code --output}.
   *
   * @param option the option that needs it, with its value
   */
  void requirePassage(String option) {
    String output = options.as(WorkflowOptions.class).getOutput();
    if (options.getTempLocation() == null && output.startsWith("gs://")) {
      options.setTempLocation(output.replaceAll("/+$", "") + "/temp");
    }
    String folder = options.getTempLocation();
    if (folder == null || !folder.startsWith("gs://")) {
      throw new UsageException(
          "tempLocation",
          folder,
          "a folder in a bucket, such as gs://bucket/temp: --%s passes files through it"
              .formatted(option));
    }
    BucketCheck.check(options.as(GcsOptions.class), "tempLocation", folder, folder);
  }

  private String payingProject() {
    return options.getBigQueryProject() == null
        ? options.getProject()
        : options.getBigQueryProject();
  }

  private static boolean isAnswer(Exception fault, int status) {
    return fault instanceof GoogleJsonResponseException answer && answer.getStatusCode() == status;
  }

  private static UsageException refused(
      String option, Object value, String accepted, Exception fault) {
    return new UsageException(
        option, value.toString(), "%s (%s)".formatted(accepted, CloudFaults.inOneLine(fault)));
  }
}
