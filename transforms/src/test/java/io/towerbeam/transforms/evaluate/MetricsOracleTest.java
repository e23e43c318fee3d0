package io.towerbeam.transforms.evaluate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.prepare.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The metrics of three reference lists on MovieLens-1M, from file to result. */
@ExtendWith(TestPipelineExtension.class)
class MetricsOracleTest {
  private static final Path ML_1M =
      Path.of(
          Optional.ofNullable(System.getenv("TOWERBEAM_ML1M")).orElse("../../shared/data/ml-1m"));
  private static final long THRESHOLD = 975768738;

  private record Row(String user, String item, long time) {}

  @Test
  void theReferenceListsHaveTheReferenceMetricsAtFiveAndTen(TestPipeline pipeline)
      throws IOException {
    Path reference = ML_1M.resolve("../../reference");
    assumeTrue(
        Files.exists(ML_1M.resolve("ratings.dat")) && Files.exists(reference),
        "skipped: no MovieLens-1M with its reference values at " + ML_1M);
    Map<String, Map<String, Double>> oracle =
        new ObjectMapper()
            .readValue(reference.resolve("metrics_oracle.json").toFile(), new TypeReference<>() {});

    PCollectionTuple outputs =
        pipeline
            .apply(ReadRecommendations.from(reference + "/recommendations_*.csv"))
            .get(ReadRecommendations.RECOMMENDATIONS)
            .apply(evaluation(pipeline, List.of(5, 10)));

    PAssert.that(outputs.get(EvaluateRanking.FAILURES)).empty();
    PAssert.that(outputs.get(EvaluateRanking.RESULTS))
        .satisfies(
            results -> {
              Map<String, Map<String, Double>> metrics =
                  StreamSupport.stream(results.spliterator(), false)
                      .filter(result -> result.getSegment().equals("all"))
                      .collect(
                          Collectors.toMap(
                              result -> result.getModelName().replace("recommendations_", ""),
                              EvaluationResult::getMetrics));
              assertThat(metrics).containsOnlyKeys(oracle.keySet());
              oracle.forEach((model, expected) -> assertClose(metrics.get(model), expected));
              return null;
            });
    pipeline.run();
  }

  private static void assertClose(Map<String, Double> actual, Map<String, Double> expected) {
    assertThat(actual).containsKeys(expected.keySet().toArray(String[]::new));
    expected.forEach(
        (key, value) -> assertThat(actual.get(key)).as(key).isCloseTo(value, within(1e-9)));
  }

  private static EvaluateRanking evaluation(TestPipeline pipeline, List<Integer> cutoffs)
      throws IOException {
    List<Row> rows;
    try (var lines = Files.lines(ML_1M.resolve("ratings.dat"), ISO_8859_1)) {
      rows = lines.map(MetricsOracleTest::row).toList();
    }
    List<Row> train = atLeast(5, rows.stream().filter(row -> row.time() <= THRESHOLD).toList());
    List<Row> test = test(rows, train);
    long trainItems = train.stream().map(Row::item).distinct().count();
    assertThat(test).hasSize(94_842);
    assertThat(countByUser(test)).hasSize(836);
    assertThat(trainItems).isEqualTo(3_662);

    DatasetInfo info =
        new DatasetInfo((long) countByUser(train).size(), 836L, trainItems, 800_142L, 94_842L);
    PCollectionView<DatasetInfo> dataset =
        pipeline
            .apply("Dataset", Create.of(info).withCoder(AvroCoder.specific(DatasetInfo.class)))
            .apply(View.asSingleton());
    PCollectionView<Map<String, Long>> itemCounts =
        pipeline
            .apply("ItemCounts", Create.of(List.of(Map.of("1", 1L))).withCoder(Counts.MAP_CODER))
            .apply("ItemCountsView", View.asSingleton());
    return EvaluateRanking.on(
            JudgedSplit.of(
                pipeline.apply("Test", blocks(test)),
                pipeline.apply("Train", blocks(train)),
                itemCounts,
                dataset))
        .withCutoffs(cutoffs)
        .withEvaluationDate("2026-01-31T08:00:00Z");
  }

  private static Row row(String line) {
    String[] fields = line.split("::");
    return new Row(fields[0], fields[1], Long.parseLong(fields[3]));
  }

  private static List<Row> test(List<Row> rows, List<Row> train) {
    Set<String> trainItems = train.stream().map(Row::item).collect(Collectors.toSet());
    Map<String, Long> trainCounts = countByUser(train);
    return atLeast(
        10,
        rows.stream()
            .filter(row -> row.time() > THRESHOLD)
            .filter(row -> trainItems.contains(row.item()))
            .filter(row -> trainCounts.getOrDefault(row.user(), 0L) >= 15)
            .toList());
  }

  private static List<Row> atLeast(int minimum, List<Row> rows) {
    Map<String, Long> counts = countByUser(rows);
    return rows.stream().filter(row -> counts.get(row.user()) >= minimum).toList();
  }

  private static Map<String, Long> countByUser(List<Row> rows) {
    return rows.stream().collect(Collectors.groupingBy(Row::user, Collectors.counting()));
  }

  private static Create.Values<InteractionBlock> blocks(List<Row> rows) {
    BlockBuilder builder = new BlockBuilder();
    rows.forEach(row -> builder.add(row.user(), row.item(), Float.NaN, row.time()));
    return Create.of(builder.build("", 0, -1, null))
        .withCoder(AvroCoder.specific(InteractionBlock.class));
  }
}
