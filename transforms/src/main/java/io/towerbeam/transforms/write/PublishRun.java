package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.Await;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
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
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The last step of a run: once everything else is written, writes its results, {@code
 * manifest.json}, {@code outcome.json} and then {@code _SUCCESS}, without which nobody reads the
 * run; after that, brings the table of all experiments up to date.
 *
 * <p>The verdict is {@code published}, or {@code partial} if some models failed. If all did,
 * nothing is published: the verdict is {@code failed}, and {@link RunFailedException} ends the job.
 * With a {@link Promotion} it may also be {@code refused}; {@link ChampionChangedException} ends
 * the job if another champion came up. Gives the verdict.
 */
@AutoValue
public abstract class PublishRun
    extends PTransform<PCollection<EvaluationResult>, PCollection<String>> {
  abstract RunFiles run();

  abstract Folder output();

  abstract RunManifest manifest();

  abstract List<String> inputPatterns();

  abstract PCollection<ModelArtifact> artifacts();

  abstract PCollection<ModelFailure> failures();

  abstract PCollectionView<Map<String, Long>> counts();

  abstract List<PCollection<?>> written();

  abstract @Nullable Promotion promotion();

  abstract @Nullable PCollection<PromotionDecision> decisions();

  /** A builder without settings. */
  public static Builder builder() {
    return new AutoValue_PublishRun.Builder();
  }

  /** Builds the step; everything must be set but for a promotion. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** The run directory. */
    public abstract Builder setRun(RunFiles run);

    /** The folder that holds all runs. */
    public abstract Builder setOutput(Folder output);

    /** The manifest but for counts and files; tables that were read are among its inputs. */
    public abstract Builder setManifest(RunManifest manifest);

    /** The files whose names, lengths and times the manifest is to tell. */
    public abstract Builder setInputPatterns(List<String> patterns);

    /** The fitted models. */
    public abstract Builder setArtifacts(PCollection<ModelArtifact> artifacts);

    /** The models that failed anywhere. */
    public abstract Builder setFailures(PCollection<ModelFailure> failures);

    /** What was counted on the way. */
    public abstract Builder setCounts(PCollectionView<Map<String, Long>> counts);

    /** What must have been written before. */
    public abstract Builder setWritten(List<PCollection<?>> written);

    /** The promotion of the run's one model; none until told. */
    public abstract Builder setPromotion(@Nullable Promotion promotion);

    /** What the comparison with the champion says; goes with a promotion. */
    public abstract Builder setDecisions(@Nullable PCollection<PromotionDecision> decisions);

    /** The step. */
    public abstract PublishRun build();
  }

  @Override
  public PCollection<String> expand(PCollection<EvaluationResult> results) {
    PCollectionView<List<EvaluationResult>> resultsView = results.apply("Results", View.asList());
    PCollectionView<List<ModelArtifact>> artifactsView =
        artifacts().apply("Artifacts", View.asList());
    PCollectionView<List<ModelFailure>> failuresView = failures().apply("Failures", View.asList());
    PCollectionView<List<PromotionDecision>> decisionsView =
        decisions() == null ? null : decisions().apply("Decisions", View.asList());
    Views views = new Views(resultsView, artifactsView, failuresView, counts(), decisionsView);
    return results
        .getPipeline()
        .apply("Once", Create.of(run().root().path()).withCoder(StringUtf8Coder.of()))
        .apply("AfterAllIsWritten", Await.ended(written()))
        .setCoder(StringUtf8Coder.of())
        .apply(
            "Publish",
            ParDo.of(
                    new PublishFn(
                        new RunEnd(run(), manifest(), inputPatterns()),
                        output(),
                        promotion(),
                        views))
                .withSideInputs(views.all()))
        .setCoder(StringUtf8Coder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("run", run().root().path()))
        .add(DisplayData.item("output", output().path()));
  }

  private record Views(
      PCollectionView<List<EvaluationResult>> results,
      PCollectionView<List<ModelArtifact>> artifacts,
      PCollectionView<List<ModelFailure>> failures,
      PCollectionView<Map<String, Long>> counts,
      @Nullable PCollectionView<List<PromotionDecision>> decisions)
      implements Serializable {
    List<PCollectionView<?>> all() {
      List<PCollectionView<?>> all = new ArrayList<>(List.of(results, artifacts, failures, counts));
      if (decisions != null) {
        all.add(decisions);
      }
      return all;
    }
  }

  private static final class PublishFn extends DoFn<String, String> {
    private final RunEnd end;
    private final Folder output;
    private final @Nullable Promotion promotion;
    private final Views views;

    PublishFn(RunEnd end, Folder output, @Nullable Promotion promotion, Views views) {
      this.end = end;
      this.output = output;
      this.promotion = promotion;
      this.views = views;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      Map<String, Long> counts = context.sideInput(views.counts());
      List<EvaluationResult> results =
          LeaderboardRows.of(
              context.sideInput(views.results()), context.sideInput(views.artifacts()));
      List<ModelFailure> failures = context.sideInput(views.failures());
      List<PromotionDecision> decisions =
          views.decisions() == null ? List.of() : context.sideInput(views.decisions());
      Outcome outcome =
          promotion == null
              ? outcome(results, RunEnd.reasons(failures), counts)
              : promotion.outcome(decisions, failures, counts);
      if (outcome.getVerdict() == Verdict.FAILED) {
        end.fail(outcome);
      }
      ResultFiles files = new ResultFiles(end.run().results());
      files.write(results, end.manifest().getStarted());
      files.write(decisions);
      end.publish(outcome, promotion, decisions, results);
      ExperimentsTable.rebuild(output);
      context.output(outcome.getVerdict().name());
    }

    private static Outcome outcome(
        List<EvaluationResult> results, List<String> failures, Map<String, Long> counts) {
      Verdict verdict =
          results.isEmpty()
              ? Verdict.FAILED
              : failures.isEmpty() ? Verdict.PUBLISHED : Verdict.PARTIAL;
      boolean saysNothing = results.isEmpty() && failures.isEmpty();
      return Outcome.newBuilder()
          .setVerdict(verdict)
          .setReasons(saysNothing ? List.of("no model gave a single list") : failures)
          .setCounts(counts)
          .setExamples(List.of())
          .build();
    }
  }
}
