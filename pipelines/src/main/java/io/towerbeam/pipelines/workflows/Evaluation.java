package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.metrics.Resampling;
import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.EvaluationOptions;
import io.towerbeam.pipelines.options.UncertaintyOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.evaluate.EvaluateRanking;
import io.towerbeam.transforms.evaluate.JudgedSplit;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;

/** The evaluation step with what the options say of it. */
final class Evaluation {
  /** What a model has to beat that claims to know new items. */
  private static final String COLD_ITEM_BASELINE = "category-popularity";

  private Evaluation() {}

  /**
   * Judges the lists of the test users, and those of users that the split excluded where there are
   * lists for all of a segment's.
   *
   * @param excluded the excluded rows to judge by
   */
  static <O extends EvaluationOptions & UncertaintyOptions & WorkflowOptions> EvaluateRanking of(
      O options,
      InputSource source,
      PrepareSettings settings,
      PreparedData data,
      PCollection<InteractionBlock> excluded) {
    return on(
        JudgedSplit.of(
                data.test(),
                data.histories(),
                data.itemCounts(),
                data.countMap().apply("DatasetInfo", new SplitSize("train_items")))
            .withExcluded(excluded),
        options,
        source,
        settings);
  }

  /**
   * Judges lists of the items that train does not know by what test users took of these. A model
   * that has no list for one of them has no row.
   */
  static <O extends EvaluationOptions & UncertaintyOptions & WorkflowOptions>
      EvaluateRanking ofColdItems(
          O options, InputSource source, PrepareSettings settings, PreparedData data) {
    return on(
            JudgedSplit.ofExcluded(
                data.coldItemTest(),
                data.histories(),
                data.itemCounts(),
                data.countMap().apply("ColdDatasetInfo", new SplitSize(CheckedSplit.COLD_ITEMS))),
            options,
            source,
            settings)
        .withBaseline(COLD_ITEM_BASELINE);
  }

  private static <O extends EvaluationOptions & UncertaintyOptions & WorkflowOptions>
      EvaluateRanking on(
          JudgedSplit split, O options, InputSource source, PrepareSettings settings) {
    Map<String, Object> parameters = new TreeMap<>(settings.parameters());
    parameters.put("seed", options.getSeed());
    return EvaluateRanking.on(split)
        .withCutoffs(options.getK())
        .withResampling(new Resampling(options.getBootstrapResamples(), options.getSeed()))
        .withShards(settings.shards())
        .withParameters(parameters)
        .withEvaluationDate(options.getStartTime())
        .withSynthetic(source.isSynthetic());
  }

  /** The sizes of the split, from what was counted. */
  private static final class SplitSize
      extends PTransform<PCollection<Map<String, Long>>, PCollectionView<DatasetInfo>> {
    private final String items;

    /**
     * @param items the count of the items that lists are made of
     */
    SplitSize(String items) {
      this.items = items;
    }

    @Override
    public PCollectionView<DatasetInfo> expand(PCollection<Map<String, Long>> counts) {
      String ofItems = items; // a lambda that names the field would drag the transform along
      return counts
          .apply(
              "AsRecord",
              MapElements.into(TypeDescriptor.of(DatasetInfo.class))
                  .via(
                      count ->
                          new DatasetInfo(
                              count.getOrDefault("train_users", 0L),
                              count.getOrDefault("test_users", 0L),
                              count.getOrDefault(ofItems, 0L),
                              count.getOrDefault("train_interactions", 0L),
                              count.getOrDefault("test_interactions", 0L))))
          .setCoder(AvroCoder.specific(DatasetInfo.class))
          .apply("View", View.asSingleton());
    }
  }
}
