package io.towerbeam.templates.cloud;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Datasets, and the tables in them by {@code project:dataset.table}. Safe for many threads. */
public final class FakeTables {
  static final String LOCATION = "US";
  private static final long BYTES_PER_ROW = 100;

  private final Set<String> datasets = new TreeSet<>();
  private final Map<String, StoredTable> tables = new TreeMap<>();
  private long lastModified = 1_772_000_000_000L;

  /**
   * What is in a table.
   *
   * @param avro the schema of its rows in Avro files
   */
  record StoredTable(
      String type, TableSchema schema, Schema avro, List<GenericRecord> rows, long modified) {}

  /** Makes an empty dataset of {@code project:dataset}. */
  public synchronized void createDataset(String dataset) {
    datasets.add(dataset);
  }

  /** Takes a dataset away, with all of its tables. */
  public synchronized void dropDataset(String dataset) {
    datasets.remove(dataset);
    tables.keySet().removeIf(table -> table.startsWith(dataset + "."));
  }

  /**
   * Puts rows into a table, in place of what was there.
   *
   * @param type such as {@code TABLE} or {@code VIEW}
   * @param avro the schema of the rows, as BigQuery exports them
   */
  public synchronized void put(
      String table, String type, TableSchema schema, Schema avro, List<GenericRecord> rows) {
    lastModified += 1000;
    tables.put(table, new StoredTable(type, schema, avro, List.copyOf(rows), lastModified));
  }

  /** The names of all tables, sorted. */
  public synchronized List<String> names() {
    return List.copyOf(tables.keySet());
  }

  /** The schema of a table. */
  public TableSchema schema(String table) {
    return stored(table).schema();
  }

  /** The rows of a table. */
  public List<GenericRecord> rows(String table) {
    return stored(table).rows();
  }

  static String name(TableReference table) {
    return "%s:%s.%s".formatted(table.getProjectId(), table.getDatasetId(), table.getTableId());
  }

  synchronized StoredTable stored(String table) {
    StoredTable stored = tables.get(table);
    if (stored == null) {
      throw Refusal.notFound("Not found: Table " + table);
    }
    return stored;
  }

  synchronized Dataset dataset(String project, String dataset) {
    String name = project + ":" + dataset;
    if (!datasets.contains(name)) {
      throw Refusal.notFound("Not found: Dataset " + name);
    }
    return new Dataset()
        .setKind("bigquery#dataset")
        .setId(name)
        .setLocation(LOCATION)
        .setDatasetReference(new DatasetReference().setProjectId(project).setDatasetId(dataset));
  }

  Table table(TableReference reference) {
    dataset(reference.getProjectId(), reference.getDatasetId());
    StoredTable stored = stored(name(reference));
    long rows = stored.rows().size();
    return new Table()
        .setKind("bigquery#table")
        .setId(name(reference))
        .setTableReference(reference)
        .setType(stored.type())
        .setSchema(stored.schema())
        .setNumRows(BigInteger.valueOf(rows))
        .setNumBytes(BYTES_PER_ROW * rows)
        .setLastModifiedTime(BigInteger.valueOf(stored.modified()))
        .setLocation(LOCATION);
  }
}
