package io.towerbeam.transforms.evaluate;

import static org.apache.beam.sdk.values.TypeDescriptors.strings;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.metrics.RankingMetrics;
import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.ml.metrics.Resampling;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.Recommendation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The metrics of every model whose lists are in the input: at {@link #RESULTS} one row per model
 * and segment of users, each metric a mean over the segment's users, coverage and Gini over all of
 * their lists; keys are {@code name@k}. A list shorter than k counts as if filled up with misses.
 * The segment {@code all} is the test side; buckets of activity are parts of it; what the split
 * excluded after its threshold makes segments of its own ({@link JudgedSplit#withExcluded}).
 *
 * <p>Means come with 95% bootstrap intervals over users, and each model is compared with the
 * segment's best and with a baseline on the same resamples ({@link #withResampling}).
 *
 * <p>A model whose users are not exactly those judged, with two lists for a user, or with an item
 * twice in a list, has no row: a mean over other users could not be compared. It stands at {@link
 * #FAILURES} instead, with the numbers and up to three users each. The other models are not touched
 * by it. A model without a single list is in neither output, and no input gives empty outputs.
 *
 * <p>Results are the same to the last bit for any bundling, order and number of shards: sums are
 * whole numbers of 2^-30, which puts a mean off by less than 5e-10 ({@link RankingTotals}).
 *
 * <p>Spread over workers by shards of users. A worker holds the test rows and the user ids of one
 * shard; the totals of a model hold, by segment, the distinct recommended items and the sums of all
 * resamples, and one worker those of all models. Bounded input only.
 */
@AutoValue
public abstract class EvaluateRanking
    extends PTransform<PCollection<Recommendation>, PCollectionTuple> {
  /** One row per model and segment that could be evaluated; no training info. */
  public static final TupleTag<EvaluationResult> RESULTS = new TupleTag<>() {};

  /** One record per model that could not. */
  public static final TupleTag<ModelFailure> FAILURES = new TupleTag<>() {};

  /** Whether a challenger may take a champion's place; none without {@link #withContest}. */
  public static final TupleTag<PromotionDecision> DECISIONS = new TupleTag<>() {};

  private static final List<Integer> DEFAULT_CUTOFFS = List.of(10);
  private static final int DEFAULT_SHARDS = 16;

  private static final String BASELINE = "most-popular";

  abstract JudgedSplit split();

  abstract List<Integer> cutoffs();

  abstract Resampling resampling();

  abstract String baseline();

  abstract int shards();

  abstract Map<String, Object> parameters();

  abstract Optional<String> evaluationDate();

  abstract boolean synthetic();

  abstract Optional<Contest> contest();

  abstract Builder toBuilder();

  /** An evaluation on a split, at k = 10 until told otherwise; its date must be told. */
  public static EvaluateRanking on(JudgedSplit split) {
    return new AutoValue_EvaluateRanking.Builder()
        .setSplit(split)
        .setCutoffs(DEFAULT_CUTOFFS)
        .setResampling(Resampling.NONE)
        .setBaseline(BASELINE)
        .setShards(DEFAULT_SHARDS)
        .setParameters(Map.of())
        .setSynthetic(false)
        .build();
  }

  /** How users are resampled for intervals and comparisons; not at all until told. */
  public EvaluateRanking withResampling(Resampling resampling) {
    return toBuilder().setResampling(resampling).build();
  }

  /** The model that all are compared with, beside the best; most-popular until told otherwise. */
  public EvaluateRanking withBaseline(String model) {
    return toBuilder().setBaseline(model).build();
  }

  /**
   * The values of k; models are ranked by the first.
   *
   * @throws IllegalArgumentException if there is none, one is below 1 or stands twice
   */
  public EvaluateRanking withCutoffs(List<Integer> cutoffs) {
    return toBuilder().setCutoffs(List.copyOf(RankingTotals.requireCutoffs(cutoffs))).build();
  }

  /**
   * How many parts the users are cut into, at least 1; results do not depend on it. A part should
   * fit in memory; each costs a direct runner some 1.5 ms.
   */
  public EvaluateRanking withShards(int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException("shards is %d; it must be at least 1".formatted(shards));
    }
    return toBuilder().setShards(shards).build();
  }

  /**
   * What goes into the parameters of every result, beside {@code k}, which the cutoffs give.
   *
   * @throws IllegalArgumentException if a value is not Boolean, Long, Double or String, or {@code
   *     k} is among them
   */
  public EvaluateRanking withParameters(Map<String, Object> parameters) {
    return toBuilder().setParameters(ResultSettings.requireParameters(parameters)).build();
  }

  /** The run's start, ISO 8601, UTC; it is copied into the results as it is. */
  public EvaluateRanking withEvaluationDate(String evaluationDate) {
    if (evaluationDate.isBlank()) {
      throw new IllegalArgumentException(
          "evaluation date is blank; it must be a time in ISO 8601, such as 2026-01-31T08:00:00Z");
    }
    return toBuilder().setEvaluationDate(evaluationDate).build();
  }

  /** Whether the data is the generated sample; false until told otherwise. */
  public EvaluateRanking withSynthetic(boolean synthetic) {
    return toBuilder().setSynthetic(synthetic).build();
  }

  /**
   * Decides a contest of two of the models, at {@link #DECISIONS}: one record if the challenger has
   * a result.
   *
   * @throws IllegalArgumentException if its metric is none of a mean over users at these cutoffs,
   *     which must be told before
   */
  public EvaluateRanking withContest(Contest contest) {
    List<String> known = RankingMetrics.keys(cutoffs());
    if (!known.contains(contest.rule().metric())) {
      throw new IllegalArgumentException(
          "metric is %s; it must be one of %s".formatted(contest.rule().metric(), known));
    }
    return toBuilder().setContest(contest).build();
  }

  @Override
  public PCollectionTuple expand(PCollection<Recommendation> lists) {
    PCollectionTuple outputs =
        lists
            // (model, totals over all users)
            .apply(
                "SumByModel",
                SumByModel.of(split(), new EvaluationSettings(cutoffs(), resampling()), shards()))
            .apply(
                "SameKey", WithKeys.<String, KV<String, ModelTotals>>of("").withKeyType(strings()))
            // ("", [(model, totals)])
            .apply("AllModels", GroupByKey.create())
            .apply(
                "MakeResults",
                ParDo.of(new MakeResultsFn(settings(), split().dataset(), contest().orElse(null)))
                    .withSideInputs(split().dataset())
                    .withOutputTags(RESULTS, TupleTagList.of(List.of(FAILURES, DECISIONS))));
    outputs.get(RESULTS).setCoder(AvroCoder.specific(EvaluationResult.class));
    outputs.get(FAILURES).setCoder(AvroCoder.specific(ModelFailure.class));
    outputs.get(DECISIONS).setCoder(AvroCoder.specific(PromotionDecision.class));
    return outputs;
  }

  private ResultSettings settings() {
    String date =
        evaluationDate()
            .orElseThrow(() -> new IllegalStateException("withEvaluationDate was not called"));
    return new ResultSettings(cutoffs(), baseline(), parameters(), date, synthetic());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("cutoffs", cutoffs().toString()).withLabel("Values of k"))
        .add(
            DisplayData.item("resamples", resampling().resamples()).withLabel("Resamples of users"))
        .add(DisplayData.item("baseline", baseline()).withLabel("Model that all are compared with"))
        .add(DisplayData.item("shards", shards()).withLabel("Parts the users are cut into"))
        .add(
            DisplayData.item("parameters", new TreeMap<>(parameters()).toString())
                .withLabel("Parameters of every result"))
        .addIfNotNull(
            DisplayData.item("evaluationDate", evaluationDate().orElse(null))
                .withLabel("Start of the run"))
        .add(DisplayData.item("synthetic", synthetic()).withLabel("On the generated sample"))
        .addIfNotNull(
            DisplayData.item("contest", contest().map(Contest::toString).orElse(null))
                .withLabel("Models of which one wants the other's place"));
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSplit(JudgedSplit split);

    abstract Builder setResampling(Resampling resampling);

    abstract Builder setBaseline(String baseline);

    abstract Builder setCutoffs(List<Integer> cutoffs);

    abstract Builder setShards(int shards);

    abstract Builder setParameters(Map<String, Object> parameters);

    abstract Builder setEvaluationDate(String evaluationDate);

    abstract Builder setSynthetic(boolean synthetic);

    abstract Builder setContest(Contest contest);

    abstract EvaluateRanking build();
  }
}
