package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.schemas.Trial;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.AvroJson;
import io.towerbeam.transforms.prepare.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The last step of a tuning run: once everything else is written, writes {@code trials/trials.avro}
 * and {@code trials/trials.json}, the best trial first, then {@code manifest.json}, {@code
 * outcome.json} and {@code _SUCCESS}, without which nobody reads the run.
 *
 * <p>The verdict is {@code published} if any trial has metrics: a search may well meet parameters
 * of which no model comes, and their trials say so. If none has, it is {@code failed}, and {@link
 * RunFailedException} ends the job. Gives the outcome. All trials must fit in memory.
 */
@AutoValue
public abstract class PublishTrials extends PTransform<PCollection<Trial>, PCollection<String>> {
  abstract RunFiles run();

  abstract RunManifest manifest();

  abstract List<String> inputPatterns();

  abstract String metric();

  abstract PCollectionView<Map<String, Long>> counts();

  abstract List<PCollection<?>> written();

  /** A builder without settings. */
  public static Builder builder() {
    return new AutoValue_PublishTrials.Builder();
  }

  /** Builds the step; everything must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** The run directory. */
    public abstract Builder setRun(RunFiles run);

    /** The manifest but for counts and files; tables that were read are among its inputs. */
    public abstract Builder setManifest(RunManifest manifest);

    /** The files whose names, lengths and times the manifest is to tell. */
    public abstract Builder setInputPatterns(List<String> patterns);

    /** The metric that decides, such as {@code ndcg@10}; the greatest is the best. */
    public abstract Builder setMetric(String metric);

    /** What was counted on the way. */
    public abstract Builder setCounts(PCollectionView<Map<String, Long>> counts);

    /** What must have been written before. */
    public abstract Builder setWritten(List<PCollection<?>> written);

    /** The step. */
    public abstract PublishTrials build();
  }

  @Override
  public PCollection<String> expand(PCollection<Trial> trials) {
    PCollectionView<List<Trial>> trialsView = trials.apply("Trials", View.asList());
    return trials
        .getPipeline()
        .apply("Once", Create.of(run().root().path()).withCoder(StringUtf8Coder.of()))
        .apply("AfterAllIsWritten", Await.ended(written()))
        .setCoder(StringUtf8Coder.of())
        .apply(
            "Publish",
            ParDo.of(
                    new PublishTrialsFn(
                        new RunEnd(run(), manifest(), inputPatterns()),
                        metric(),
                        trialsView,
                        counts()))
                .withSideInputs(trialsView, counts()))
        .setCoder(StringUtf8Coder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("run", run().root().path()))
        .add(DisplayData.item("metric", metric()));
  }

  private static final class PublishTrialsFn extends DoFn<String, String> {
    private static final int REASONS = 3;

    private final RunEnd end;
    private final String metric;
    private final PCollectionView<List<Trial>> trials;
    private final PCollectionView<Map<String, Long>> counts;

    PublishTrialsFn(
        RunEnd end,
        String metric,
        PCollectionView<List<Trial>> trials,
        PCollectionView<Map<String, Long>> counts) {
      this.end = end;
      this.metric = metric;
      this.trials = trials;
      this.counts = counts;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      List<Trial> bestFirst = bestFirst(context.sideInput(trials));
      boolean hasAny = !bestFirst.isEmpty() && bestFirst.get(0).getFailure() == null;
      Outcome outcome =
          Outcome.newBuilder()
              .setVerdict(hasAny ? Verdict.PUBLISHED : Verdict.FAILED)
              .setReasons(hasAny ? List.of() : reasons(bestFirst))
              .setCounts(context.sideInput(counts))
              .setExamples(List.of())
              .build();
      if (!hasAny) {
        end.fail(outcome);
      }
      var folder = end.run().trials();
      folder.write("trials.avro", out -> AvroFiles.write(out, Trial.class, bestFirst));
      folder.write("trials.json", out -> out.write(AvroJson.bytes(bestFirst)));
      end.publish(outcome);
      context.output(outcome.getVerdict().name());
    }

    /** The greatest metric first, of equal ones the earlier trial; failed trials last. */
    private List<Trial> bestFirst(List<Trial> trials) {
      List<Trial> sorted = new ArrayList<>(trials);
      sorted.sort(
          Comparator.comparing((Trial trial) -> trial.getFailure() != null)
              .thenComparing(Comparator.comparingDouble(this::metricOf).reversed())
              .thenComparing(Trial::getTrial));
      return sorted;
    }

    private double metricOf(Trial trial) {
      return trial.getMetrics().getOrDefault(metric, Double.NEGATIVE_INFINITY);
    }

    private static List<String> reasons(List<Trial> failed) {
      List<String> reasons = new ArrayList<>();
      failed.stream()
          .limit(REASONS)
          .forEach(trial -> reasons.add("trial " + trial.getTrial() + ": " + trial.getFailure()));
      if (failed.size() > REASONS) {
        reasons.add("and %d more trials failed".formatted(failed.size() - REASONS));
      }
      return reasons;
    }
  }
}
