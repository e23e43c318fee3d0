package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.Lists.block;

import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.prepare.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/** A small split, and lists that are judged on it. */
final class JudgedSample {

  static final DatasetInfo DATASET = new DatasetInfo(5L, 2L, 8L, 40L, 5L);
  static final String DATE = "2026-01-31T08:00:00Z";
  static final List<InteractionBlock> TEST =
      List.of(block("1:a", "1:b", "2:a"), block("2:a", "2:c"));
  static final List<InteractionBlock> TRAIN = List.of(trainRows());
  static final Map<String, Long> ITEM_COUNTS = Map.of("a", 4L, "b", 3L, "c", 8L, "x", 1L);

  private JudgedSample() {}

  static EvaluateRanking evaluation(TestPipeline pipeline) {
    return EvaluateRanking.on(split(pipeline)).withEvaluationDate(DATE);
  }

  static JudgedSplit split(TestPipeline pipeline) {
    return JudgedSplit.of(
        pipeline.apply("Test", blocks(TEST)),
        pipeline.apply("Train", blocks(TRAIN)),
        itemCounts(pipeline),
        dataset(pipeline));
  }

  /** User 1 has 49 rows of train, user 2 has 150. */
  static InteractionBlock trainRows() {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 150; row++) {
      rows.add("2:t" + row);
      if (row < 49) {
        rows.add("1:t" + row);
      }
    }
    return block(rows.toArray(String[]::new));
  }

  static PCollectionView<Map<String, Long>> itemCounts(TestPipeline pipeline) {
    return pipeline
        .apply("ItemCounts", Create.of(List.of(ITEM_COUNTS)).withCoder(Counts.MAP_CODER))
        .apply("ViewItemCounts", View.asSingleton());
  }

  static PCollectionView<DatasetInfo> dataset(TestPipeline pipeline) {
    return pipeline
        .apply("Dataset", Create.of(DATASET).withCoder(AvroCoder.specific(DatasetInfo.class)))
        .apply("ViewDataset", View.asSingleton());
  }

  static Create.Values<InteractionBlock> blocks(List<InteractionBlock> blocks) {
    return Create.of(blocks).withCoder(AvroCoder.specific(InteractionBlock.class));
  }

  static Create.Values<Recommendation> lists(List<Recommendation> lists) {
    return Create.of(lists).withCoder(AvroCoder.specific(Recommendation.class));
  }

  static PCollectionTuple apply(
      TestPipeline pipeline, List<Recommendation> lists, EvaluateRanking evaluation) {
    return pipeline.apply("Lists", lists(lists)).apply("Evaluate", evaluation);
  }

  /** The headline rows by model. */
  static Map<String, EvaluationResult> byModel(Iterable<EvaluationResult> results) {
    return StreamSupport.stream(results.spliterator(), false)
        .filter(result -> result.getSegment().equals("all"))
        .collect(Collectors.toMap(EvaluationResult::getModelName, row -> row));
  }
}
