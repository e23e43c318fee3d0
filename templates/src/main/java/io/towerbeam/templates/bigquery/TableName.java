package io.towerbeam.templates.bigquery;

import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.TableReference;
import java.io.Serializable;

/**
 * A table's full name.
 *
 * @param project the project's id, which may have a colon in it
 * @param dataset the dataset in the project
 * @param table the table in the dataset
 */
record TableName(String project, String dataset, String table) implements Serializable {
  /** The name that {@code project:dataset.table} is. */
  static TableName parse(String text) {
    int dot = text.lastIndexOf('.');
    return of(text.substring(0, dot), text.substring(dot + 1));
  }

  /** A table in {@code project:dataset}. */
  static TableName of(String dataset, String table) {
    int colon = dataset.lastIndexOf(':');
    return new TableName(dataset.substring(0, colon), dataset.substring(colon + 1), table);
  }

  TableReference reference() {
    return new TableReference().setProjectId(project).setDatasetId(dataset).setTableId(table);
  }

  DatasetReference datasetReference() {
    return new DatasetReference().setProjectId(project).setDatasetId(dataset);
  }

  /** As it stands in a query of SQL. */
  String quoted() {
    return "`%s.%s.%s`".formatted(project, dataset, table);
  }

  @Override
  public String toString() {
    return "%s:%s.%s".formatted(project, dataset, table);
  }
}
