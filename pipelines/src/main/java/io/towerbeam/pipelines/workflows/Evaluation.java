package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.metrics.Resampling;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.UncertaintyOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.transforms.evaluate.EvaluateRanking;
import io.towerbeam.transforms.evaluate.JudgedSplit;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;

/** The evaluation step with what the options say of it. */
final class Evaluation {
  private Evaluation() {}

  /**
   * Judges the lists of the test users, and those of users that the split excluded where there are
   * lists for all of a segment's.
   */
  static <O extends EvaluationOptions & UncertaintyOptions & WorkflowOptions> EvaluateRanking of(
      O options, InputSource source, PrepareSettings settings, PreparedData data) {
    Map<String, Object> parameters = new TreeMap<>(settings.parameters());
    parameters.put("seed", options.getSeed());
    JudgedSplit split =
        JudgedSplit.of(data.test(), data.train(), data.itemCounts(), datasetInfo(data.countMap()))
            .withExcluded(data.excluded());
    return EvaluateRanking.on(split)
        .withCutoffs(options.getK())
        .withResampling(new Resampling(options.getBootstrapResamples(), options.getSeed()))
        .withShards(settings.shards())
        .withParameters(parameters)
        .withEvaluationDate(options.getStartTime())
        .withSynthetic(source.isSynthetic());
  }

  private static PCollectionView<DatasetInfo> datasetInfo(PCollection<Map<String, Long>> counts) {
    return counts
        .apply(
            "DatasetInfo",
            MapElements.into(TypeDescriptor.of(DatasetInfo.class))
                .via(
                    count ->
                        new DatasetInfo(
                            count.getOrDefault("train_users", 0L),
                            count.getOrDefault("test_users", 0L),
                            count.getOrDefault("train_items", 0L),
                            count.getOrDefault("train_interactions", 0L),
                            count.getOrDefault("test_interactions", 0L))))
        .setCoder(AvroCoder.specific(DatasetInfo.class))
        .apply("DatasetInfoView", View.asSingleton());
  }
}
