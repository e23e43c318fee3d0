package io.towerbeam.transforms.evaluate;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.metrics.RankingTotals;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Recommendation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * The metrics of every model whose lists are in the input: at {@link #RESULTS} one row per model,
 * each metric a mean over the test users, coverage over all of their lists; keys are {@code
 * name@k}. A list shorter than k counts as if filled up with misses.
 *
 * <p>A model whose users are not exactly the test users, with two lists for a user, or with an item
 * twice in a list, has no row: a mean over other users could not be compared. It stands at {@link
 * #FAILURES} instead, with the numbers and up to three users each. The other models are not touched
 * by it. A model without a single list is in neither output, and no input gives empty outputs.
 *
 * <p>Results are the same to the last bit for any bundling, order and number of shards: sums are
 * whole numbers of 2^-36, which puts a mean off by less than 1e-10 ({@link RankingTotals}).
 *
 * <p>Spread over workers by shards of users. A worker holds the test rows and the user ids of one
 * shard; the totals of a model hold the distinct recommended items. Bounded input only.
 */
@AutoValue
public abstract class EvaluateRanking
    extends PTransform<PCollection<Recommendation>, PCollectionTuple> {
  /** One row per model that could be evaluated; segment {@code all}, no training info. */
  public static final TupleTag<EvaluationResult> RESULTS = new TupleTag<>() {};

  /** One record per model that could not. */
  public static final TupleTag<ModelFailure> FAILURES = new TupleTag<>() {};

  private static final List<Integer> DEFAULT_CUTOFFS = List.of(10);
  private static final int DEFAULT_SHARDS = 16;

  abstract PCollection<InteractionBlock> test();

  abstract Optional<PCollectionView<DatasetInfo>> dataset();

  abstract List<Integer> cutoffs();

  abstract int shards();

  abstract Map<String, Object> parameters();

  abstract Optional<String> evaluationDate();

  abstract boolean synthetic();

  abstract Builder toBuilder();

  /**
   * An evaluation against these test rows, at k = 10 until told otherwise. A user's test items are
   * a set: repeats count once. {@link #withDataset} and {@link #withEvaluationDate} are needed too.
   */
  public static EvaluateRanking against(PCollection<InteractionBlock> test) {
    return new AutoValue_EvaluateRanking.Builder()
        .setTest(test)
        .setCutoffs(DEFAULT_CUTOFFS)
        .setShards(DEFAULT_SHARDS)
        .setParameters(Map.of())
        .setSynthetic(false)
        .build();
  }

  /** The split that the lists are judged on; its number of items is the divisor of coverage. */
  public EvaluateRanking withDataset(PCollectionView<DatasetInfo> dataset) {
    return toBuilder().setDataset(dataset).build();
  }

  /**
   * The values of k.
   *
   * @throws IllegalArgumentException if there is none, one is below 1 or stands twice
   */
  public EvaluateRanking withCutoffs(List<Integer> cutoffs) {
    return toBuilder()
        .setCutoffs(RankingTotals.requireCutoffs(cutoffs).stream().sorted().toList())
        .build();
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

  @Override
  public PCollectionTuple expand(PCollection<Recommendation> lists) {
    PCollectionView<DatasetInfo> dataset =
        dataset().orElseThrow(() -> new IllegalStateException("withDataset was not called"));
    PCollectionTuple outputs =
        lists
            // (model, totals over all users)
            .apply("SumByModel", SumByModel.of(test(), cutoffs(), shards()))
            .apply(
                "MakeResults",
                ParDo.of(new MakeResultFn(settings(), dataset))
                    .withSideInputs(dataset)
                    .withOutputTags(RESULTS, TupleTagList.of(FAILURES)));
    outputs.get(RESULTS).setCoder(AvroCoder.specific(EvaluationResult.class));
    outputs.get(FAILURES).setCoder(AvroCoder.specific(ModelFailure.class));
    return outputs;
  }

  private ResultSettings settings() {
    String date =
        evaluationDate()
            .orElseThrow(() -> new IllegalStateException("withEvaluationDate was not called"));
    return new ResultSettings(cutoffs(), parameters(), date, synthetic());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("cutoffs", cutoffs().toString()).withLabel("Values of k"))
        .add(DisplayData.item("shards", shards()).withLabel("Parts the users are cut into"))
        .add(
            DisplayData.item("parameters", new TreeMap<>(parameters()).toString())
                .withLabel("Parameters of every result"))
        .addIfNotNull(
            DisplayData.item("evaluationDate", evaluationDate().orElse(null))
                .withLabel("Start of the run"))
        .add(DisplayData.item("synthetic", synthetic()).withLabel("On the generated sample"));
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTest(PCollection<InteractionBlock> test);

    abstract Builder setDataset(PCollectionView<DatasetInfo> dataset);

    abstract Builder setCutoffs(List<Integer> cutoffs);

    abstract Builder setShards(int shards);

    abstract Builder setParameters(Map<String, Object> parameters);

    abstract Builder setEvaluationDate(String evaluationDate);

    abstract Builder setSynthetic(boolean synthetic);

    abstract EvaluateRanking build();
  }

  /** A model's totals as a result, or as a failure if its lists have a fault. */
  private static final class MakeResultFn extends DoFn<KV<String, ModelTotals>, EvaluationResult> {
    private final ResultSettings settings;
    private final PCollectionView<DatasetInfo> dataset;

    MakeResultFn(ResultSettings settings, PCollectionView<DatasetInfo> dataset) {
      this.settings = settings;
      this.dataset = dataset;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      String model = context.element().getKey();
      ModelTotals totals = context.element().getValue();
      if (totals.hasFaults()) {
        context.output(FAILURES, new ModelFailure(model, totals.describeFaults()));
        return;
      }
      context.output(settings.result(model, totals.ranking(), context.sideInput(dataset)));
    }
  }
}
