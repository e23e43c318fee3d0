package io.towerbeam.benchmarks;

import io.towerbeam.ml.models.towers.PairVectorsBenchmark;
import io.towerbeam.ml.models.towers.TrainingStepBenchmark;
import io.towerbeam.transforms.read.InteractionParsingBenchmark;
import java.util.List;

/**
 * A part that is measured, and what it is held against.
 *
 * @param name what it is called in tables, and in {@code inner_parts.py} if that has a peer of it
 * @param benchmark the method that JMH runs
 * @param hasPeer whether there is a peer of it
 * @param limit the benchmark that no program for this part can be faster than; empty if none is
 *     known
 * @param share how much of that it would take at least
 */
record InnerPart(String name, String benchmark, boolean hasPeer, String limit, double share) {
  private static final String COPY = method(MemoryCopyBenchmark.class, "copy");
  private static final String STEP = method(MatrixProductsBenchmark.class, "ofOneStep");
  private static final String SCORES = method(MatrixProductsBenchmark.class, "scoresOfAllUsers");
  private static final int PAIRS = Shapes.BATCH * (1 + Shapes.NEGATIVES);

  /** The limits first. */
  static final List<InnerPart> ALL =
      List.of(
          new InnerPart("memory-copy", COPY, false, "", 0),
          new InnerPart("products-of-a-step", STEP, false, "", 0),
          new InnerPart("products-of-all-users", SCORES, false, "", 0),
          moving("pair-sampler", PairSamplerBenchmark.class, "sample", Shapes.BATCH + PAIRS),
          moving(
              "features-of-items",
              GatherBenchmark.class,
              "featuresOfItems",
              Shapes.BATCH_ITEMS * Shapes.FEATURES),
          moving(
              "vectors-of-pairs",
              PairVectorsBenchmark.class,
              "lossAndSlopesInTheVectors",
              (Shapes.BATCH + Shapes.BATCH_ITEMS) * Shapes.DIM),
          moving("pair-loss", PairLossBenchmark.class, "crossEntropyAndItsSlopes", 2 * PAIRS),
          moving("adam", AdamBenchmark.class, "step", 3 * AdamBenchmark.PARAMETERS),
          moving(
              "dropout-mask",
              DropoutMaskBenchmark.class,
              "fill",
              Shapes.BATCH_ITEMS * (128 + 64 + 32)),
          moving("top-k", TopKBenchmark.class, "select", TopKBenchmark.LISTS * Shapes.ITEMS),
          new InnerPart(
              "training-step", method(TrainingStepBenchmark.class, "lossAndSlopes"), true, STEP, 1),
          new InnerPart(
              "recommend", method(RecommendBenchmark.class, "tenBestOfAllUsers"), true, SCORES, 1),
          unlimited("ranking-metrics", RankingMetricsBenchmark.class, "judge"),
          moving(
              "interaction-parsing",
              InteractionParsingBenchmark.class,
              "parse",
              5 * InteractionParsingBenchmark.LINES),
          unlimited("order-and-number", IdIndexBenchmark.class, "orderAndNumber"),
          unlimited("look-up", IdIndexBenchmark.class, "lookUp"));

  /** A part that has to write, or at least to read, so many numbers of four bytes. */
  private static InnerPart moving(String name, Class<?> type, String method, long numbers) {
    double share = (double) numbers * Float.BYTES / MemoryCopyBenchmark.BYTES;
    return new InnerPart(name, method(type, method), true, COPY, share);
  }

  private static InnerPart unlimited(String name, Class<?> type, String method) {
    return new InnerPart(name, method(type, method), true, "", 0);
  }

  private static String method(Class<?> type, String name) {
    return type.getName() + "." + name;
  }
}
