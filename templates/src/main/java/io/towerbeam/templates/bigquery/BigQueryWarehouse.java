package io.towerbeam.templates.bigquery;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import io.towerbeam.pipelines.options.InteractionTableOptions;
import io.towerbeam.pipelines.options.InteractionTableOptions.TableRead;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.tables.InteractionTable;
import io.towerbeam.pipelines.tables.Warehouse;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/** BigQuery. Tables are looked up by its REST API. */
public final class BigQueryWarehouse implements Warehouse {
  @Override
  public InteractionTable table(InteractionTableOptions options) {
    TableName name = TableName.parse(options.getInteractionsTable());
    BigQueryChecks checks = BigQueryChecks.of(options, name.project());
    Table table = checks.table(name);
    TableRead how = options.getTableRead() == null ? TableRead.DIRECT : options.getTableRead();
    if (how == TableRead.EXPORT) {
      checks.requirePassage("tableRead=export");
      checks.requireExportJobs(name, table.getLocation());
    }
    String filter = options.getInteractionsFilter();
    if (filter != null) {
      checks.requireFilter(filter, name, table.getLocation());
    }
    return new BigQueryTable(name, table, how, filter);
  }

  @Override
  public void requireLoadable(String dataset, WorkflowOptions options) {
    if (options.getRunId().contains(".")) {
      throw new UsageException(
          "--runId=%s: the tables in --bigQueryDataset are named after it, and their names have no"
                  .formatted(options.getRunId())
              + " dots: give another one");
    }
    TableName any = TableName.of(dataset, options.getRunId());
    BigQueryChecks checks = BigQueryChecks.of(options, any.project());
    Dataset found = checks.dataset(any);
    checks.requirePassage("bigQueryDataset");
    checks.requireJobs("bigQueryDataset", dataset, any.project(), found.getLocation());
  }

  @Override
  public <T extends SpecificRecord> PTransform<PCollection<T>, PCollection<String>> load(
      Class<T> type, String kind, String dataset, String runId) {
    return LoadTable.of(type, TableName.of(dataset, runId + "_" + kind));
  }
}
