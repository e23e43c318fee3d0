package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.ResultTableOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.tables.Warehouse;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.write.LeaderboardRows;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/** What a run makes once more as tables of a warehouse, if the options ask for it. */
final class ResultTables {
  private ResultTables() {}

  /**
   * Makes sure that the tables can be loaded, if the options ask for any.
   *
   * @throws io.towerbeam.pipelines.options.UsageException if not
   */
  static void validate(WorkflowOptions options) {
    if (wanted(options)) {
      warehouse(options).requireLoadable(dataset(options), options);
    }
  }

  /**
   * Loads vectors; gives nothing where none are asked for.
   *
   * @param users (shard, vector)
   * @param items (0, vector)
   */
  static List<PCollection<?>> ofEmbeddings(
      WorkflowOptions options,
      PCollection<KV<Integer, Embedding>> users,
      PCollection<KV<Integer, Embedding>> items) {
    return wanted(options)
        ? List.of(
            load(
                "LoadUserVectors",
                options,
                Embedding.class,
                "user_embeddings",
                users.apply("UserVectors", Values.create())),
            load(
                "LoadItemVectors",
                options,
                Embedding.class,
                "item_embeddings",
                items.apply("ItemVectors", Values.create())))
        : List.of();
  }

  /** Loads top-K lists. */
  static List<PCollection<?>> ofLists(WorkflowOptions options, PCollection<Recommendation> lists) {
    return wanted(options)
        ? List.of(load("LoadLists", options, Recommendation.class, "recommendations", lists))
        : List.of();
  }

  /**
   * Loads results with what is known of the fits.
   *
   * @param models the fitted models
   */
  static List<PCollection<?>> ofResults(
      WorkflowOptions options,
      PCollection<EvaluationResult> results,
      PCollectionView<List<ModelArtifact>> models) {
    if (!wanted(options)) {
      return List.of();
    }
    PCollection<EvaluationResult> rows =
        results
            .apply("WithFit", ParDo.of(new WithFitFn(models)).withSideInputs(models))
            .setCoder(AvroCoder.specific(EvaluationResult.class));
    return List.of(load("LoadResults", options, EvaluationResult.class, "results", rows));
  }

  private static <T extends SpecificRecord> PCollection<String> load(
      String step, WorkflowOptions options, Class<T> type, String kind, PCollection<T> records) {
    return records.apply(
        step, warehouse(options).load(type, kind, dataset(options), options.getRunId()));
  }

  /** Whether the options ask for it; those of workflows without the option do not. */
  private static boolean wanted(PipelineOptions options) {
    return options instanceof ResultTableOptions && dataset(options) != null;
  }

  private static String dataset(PipelineOptions options) {
    return options.as(ResultTableOptions.class).getBigQueryDataset();
  }

  private static Warehouse warehouse(PipelineOptions options) {
    return Warehouse.find("--bigQueryDataset=" + dataset(options));
  }

  private static final class WithFitFn extends DoFn<EvaluationResult, EvaluationResult> {
    private static final long serialVersionUID = 1;
    private final PCollectionView<List<ModelArtifact>> models;

    WithFitFn(PCollectionView<List<ModelArtifact>> models) {
      this.models = models;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      LeaderboardRows.of(List.of(context.element()), context.sideInput(models))
          .forEach(context::output);
    }
  }
}
