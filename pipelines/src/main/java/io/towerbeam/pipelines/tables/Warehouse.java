package io.towerbeam.pipelines.tables;

import io.towerbeam.pipelines.options.InteractionTableOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import java.util.ServiceLoader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Where tables are that interactions are read from, and that results are loaded into.
 *
 * <p>Found by {@link ServiceLoader}: name the class in {@code
 * META-INF/services/io.towerbeam.pipelines.tables.Warehouse}. Needs a public constructor without
 * arguments.
 */
public interface Warehouse {
  /**
   * The table that {@code --interactionsTable} names, as it is now.
   *
   * @throws UsageException if there is none, or it cannot be read as the options ask
   */
  InteractionTable table(InteractionTableOptions options);

  /**
   * Makes sure that the tables of a run can be loaded. Reads only; options that follow from others
   * may be set.
   *
   * @param dataset what {@code --bigQueryDataset} names
   * @throws UsageException if not
   */
  void requireLoadable(String dataset, WorkflowOptions options);

  /**
   * The step that loads records into the run's table of a kind, created if it is not there, in
   * place of what is in it. Gives one element once the table holds them all.
   *
   * @param type of the records
   * @param kind of the table, such as {@code results}: letters and underscores
   */
  <T extends SpecificRecord> PTransform<PCollection<T>, PCollection<String>> load(
      Class<T> type, String kind, String dataset, String runId);

  /**
   * The warehouse of the class path.
   *
   * @param option the option, with its value, that needs one
   * @throws UsageException if there is none
   */
  static Warehouse find(String option) {
    return ServiceLoader.load(Warehouse.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "%s: BigQuery is not on the class path: type pipelines/bin/towerbeam <workflow>"
                            .formatted(option)
                        + " with a runner other than Flink's, or add"
                        + " io.towerbeam:towerbeam-templates"));
  }
}
