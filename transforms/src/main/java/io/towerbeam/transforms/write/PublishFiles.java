package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.prepare.Await;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The last step of a run that is not judged: once its files are written, writes {@code
 * manifest.json}, {@code outcome.json} and then {@code _SUCCESS}, without which nobody reads the
 * run.
 *
 * <p>The verdict is {@code published}, unless the model failed: then it is {@code failed}, nothing
 * is published, and {@link RunFailedException} ends the job. Gives the verdict.
 */
@AutoValue
public abstract class PublishFiles extends PTransform<PBegin, PCollection<String>> {
  abstract RunFiles run();

  abstract RunManifest manifest();

  abstract List<String> inputPatterns();

  abstract PCollection<ModelFailure> failures();

  abstract PCollectionView<Map<String, Long>> counts();

  abstract List<PCollection<?>> written();

  abstract @Nullable Promotion promotion();

  /** A builder without settings. */
  public static Builder builder() {
    return new AutoValue_PublishFiles.Builder();
  }

  /** Builds the step; everything must be set but for a promotion. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** The run directory. */
    public abstract Builder setRun(RunFiles run);

    /** The manifest but for counts and files; tables that were read are among its inputs. */
    public abstract Builder setManifest(RunManifest manifest);

    /** The files whose names, lengths and times the manifest is to tell. */
    public abstract Builder setInputPatterns(List<String> patterns);

    /** The models that failed anywhere. */
    public abstract Builder setFailures(PCollection<ModelFailure> failures);

    /** What was counted on the way. */
    public abstract Builder setCounts(PCollectionView<Map<String, Long>> counts);

    /** What must have been written before. */
    public abstract Builder setWritten(List<PCollection<?>> written);

    /** The promotion of the run's one model, without a comparison; none until told. */
    public abstract Builder setPromotion(@Nullable Promotion promotion);

    /** The step. */
    public abstract PublishFiles build();
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    PCollectionView<List<ModelFailure>> failuresView = failures().apply("Failures", View.asList());
    return begin
        .apply("Once", Create.of(run().root().path()).withCoder(StringUtf8Coder.of()))
        .apply("AfterAllIsWritten", Await.ended(written()))
        .setCoder(StringUtf8Coder.of())
        .apply(
            "Publish",
            ParDo.of(
                    new PublishFn(
                        new RunEnd(run(), manifest(), inputPatterns()),
                        promotion(),
                        failuresView,
                        counts()))
                .withSideInputs(failuresView, counts()))
        .setCoder(StringUtf8Coder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("run", run().root().path()));
  }

  private static final class PublishFn extends DoFn<String, String> {
    private final RunEnd end;
    private final @Nullable Promotion promotion;
    private final PCollectionView<List<ModelFailure>> failures;
    private final PCollectionView<Map<String, Long>> counts;

    PublishFn(
        RunEnd end,
        @Nullable Promotion promotion,
        PCollectionView<List<ModelFailure>> failures,
        PCollectionView<Map<String, Long>> counts) {
      this.end = end;
      this.promotion = promotion;
      this.failures = failures;
      this.counts = counts;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      List<String> reasons = RunEnd.reasons(context.sideInput(failures));
      Outcome outcome =
          Outcome.newBuilder()
              .setVerdict(reasons.isEmpty() ? Verdict.PUBLISHED : Verdict.FAILED)
              .setReasons(reasons)
              .setCounts(context.sideInput(counts))
              .setExamples(List.of())
              .build();
      if (!reasons.isEmpty()) {
        end.fail(outcome);
      }
      end.publish(outcome, promotion, List.of(), List.of());
      context.output(outcome.getVerdict().name());
    }
  }
}
