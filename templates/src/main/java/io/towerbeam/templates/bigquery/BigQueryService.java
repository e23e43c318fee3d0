package io.towerbeam.templates.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.cloud.hadoop.util.ChainingHttpRequestInitializer;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.templates.dataflow.CloudFaults;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.extensions.gcp.util.RetryHttpRequestInitializer;
import org.apache.beam.sdk.extensions.gcp.util.Transport;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;

/** What BigQuery tells without changing anything. */
final class BigQueryService {
  private static final List<Integer> ANSWERS_OF_INTEREST = List.of(400, 401, 403, 404);

  private final Bigquery client;

  private BigQueryService(Bigquery client) {
    this.client = client;
  }

  /**
   * The service that the options lead to.
   *
   * @throws UsageException if there are no credentials for it
   */
  static BigQueryService of(BigQueryOptions options) {
    Credentials credentials = options.getGcpCredential();
    if (credentials == null) {
      throw new UsageException(CloudFaults.WITHOUT_CREDENTIALS);
    }
    Bigquery.Builder builder =
        new Bigquery.Builder(
                Transport.getTransport(),
                Transport.getJsonFactory(),
                new ChainingHttpRequestInitializer(
                    new HttpCredentialsAdapter(credentials),
                    new RetryHttpRequestInitializer(ANSWERS_OF_INTEREST)))
            .setApplicationName(options.getAppName());
    String endpoint = options.getBigQueryEndpoint();
    if (endpoint != null && !endpoint.isEmpty()) {
      builder.setRootUrl(endpoint);
    }
    return new BigQueryService(builder.build());
  }

  Table table(TableReference table) throws IOException {
    return client
        .tables()
        .get(table.getProjectId(), table.getDatasetId(), table.getTableId())
        .execute();
  }

  Dataset dataset(DatasetReference dataset) throws IOException {
    return client.datasets().get(dataset.getProjectId(), dataset.getDatasetId()).execute();
  }

  /** Lets a query be checked and not run, which takes the right to start jobs in the project. */
  void check(String query, String project, String location) throws IOException {
    Job job =
        new Job()
            .setJobReference(new JobReference().setProjectId(project).setLocation(location))
            .setConfiguration(
                new JobConfiguration()
                    .setDryRun(true)
                    .setQuery(new JobConfigurationQuery().setQuery(query).setUseLegacySql(false)));
    client.jobs().insert(project, job).execute();
  }
}
