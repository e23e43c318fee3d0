package io.towerbeam.templates.cloud;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.TableReference;
import io.towerbeam.templates.cloud.Endpoint.Arguments;
import java.io.IOException;
import java.util.List;

/** The methods of BigQuery that tables are looked up, exported and loaded by. */
final class TableService {
  private static final String PATH = "/bigquery/v2/";

  private final FakeTables tables;
  private final TableJobs jobs;

  TableService(FakeTables tables, TableJobs jobs) {
    this.tables = tables;
    this.jobs = jobs;
  }

  List<Endpoint> endpoints() throws IOException {
    Bigquery client =
        new Bigquery.Builder(Offline.TRANSPORT, GsonFactory.getDefaultInstance(), null)
            .setApplicationName("samples")
            .build();
    return List.of(
        new Endpoint(PATH, client.datasets().get("p", "d"), this::dataset),
        new Endpoint(PATH, client.tables().get("p", "d", "t"), this::table),
        new Endpoint(PATH, client.jobs().insert("p", new Job()), this::insert),
        new Endpoint(PATH, client.jobs().get("p", "j"), this::job));
  }

  private Reply dataset(Arguments call) throws IOException {
    return Reply.of(tables.dataset(call.path().get("projectId"), call.path().get("datasetId")));
  }

  private Reply table(Arguments call) throws IOException {
    return Reply.of(
        tables.table(
            new TableReference()
                .setProjectId(call.path().get("projectId"))
                .setDatasetId(call.path().get("datasetId"))
                .setTableId(call.path().get("tableId"))));
  }

  private Reply insert(Arguments call) throws IOException {
    return Reply.of(jobs.insert(call.path().get("projectId"), call.message(Job.class)));
  }

  private Reply job(Arguments call) throws IOException {
    return Reply.of(jobs.get(call.path().get("projectId"), call.path().get("jobId")));
  }
}
