package io.towerbeam.pipelines.report;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.Await;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.write.LeaderboardRows;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes a run's report, {@code index.html}: one page with its results, and for a few test users
 * their history and the lists of the two best models.
 *
 * <p>Gives (path, bytes) of the page once it is there whole; writes and gives nothing if there is
 * no result. The same inputs give the same bytes. What is held in memory is the results, the losses
 * and the rows and lists of four users. An I/O error fails the bundle, which may be tried again.
 */
@AutoValue
public abstract class WriteReport
    extends PTransform<PCollection<EvaluationResult>, PCollection<KV<String, Long>>> {
  private static final String NAME = "index.html";

  abstract Folder folder();

  abstract RunManifest manifest();

  abstract List<String> inputPatterns();

  abstract List<Integer> cutoffs();

  abstract PCollection<ModelArtifact> artifacts();

  abstract PCollection<ModelFailure> failures();

  abstract PCollection<EpochReport> epochs();

  abstract PCollectionView<Map<String, Long>> counts();

  abstract PCollection<DataStatistics> statistics();

  abstract PCollection<InteractionBlock> train();

  abstract PCollection<InteractionBlock> test();

  abstract PCollection<Item> items();

  abstract PCollection<Recommendation> lists();

  abstract @Nullable PCollection<PromotionDecision> decisions();

  /** A builder without settings. */
  public static Builder builder() {
    return new AutoValue_WriteReport.Builder();
  }

  /** Builds the step; everything must be set but for decisions. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Where the page goes. */
    public abstract Builder setFolder(Folder folder);

    /** The manifest; its counts and inputs are not looked at. */
    public abstract Builder setManifest(RunManifest manifest);

    /** The files that were read, none for the generated sample. */
    public abstract Builder setInputPatterns(List<String> patterns);

    /** The list lengths that were measured; the first is the leaderboard's. */
    public abstract Builder setCutoffs(List<Integer> cutoffs);

    /** The fitted models. */
    public abstract Builder setArtifacts(PCollection<ModelArtifact> artifacts);

    /** The models that failed anywhere. */
    public abstract Builder setFailures(PCollection<ModelFailure> failures);

    /** The losses of the trained models. */
    public abstract Builder setEpochs(PCollection<EpochReport> epochs);

    /** What was counted on the way. */
    public abstract Builder setCounts(PCollectionView<Map<String, Long>> counts);

    /** What the data were like, one element or none. */
    public abstract Builder setStatistics(PCollection<DataStatistics> statistics);

    /** Train blocks, users whole. */
    public abstract Builder setTrain(PCollection<InteractionBlock> train);

    /** Test blocks, users whole. */
    public abstract Builder setTest(PCollection<InteractionBlock> test);

    /** The catalogue rows of the indexed items. */
    public abstract Builder setItems(PCollection<Item> items);

    /** The test users' lists. */
    public abstract Builder setLists(PCollection<Recommendation> lists);

    /** What a comparison with the champion says; none until told. */
    public abstract Builder setDecisions(@Nullable PCollection<PromotionDecision> decisions);

    abstract WriteReport autoBuild();

    /**
     * The step.
     *
     * @throws IllegalArgumentException if there is no cutoff
     */
    public WriteReport build() {
      WriteReport step = autoBuild();
      if (step.cutoffs().isEmpty()) {
        throw new IllegalArgumentException("a report needs at least one cutoff");
      }
      return step;
    }
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<EvaluationResult> results) {
    ChosenUsers users = ChosenUsers.of(train(), test(), lists(), items());
    Views views =
        new Views(
            results.apply("Results", View.asList()),
            artifacts().apply("Artifacts", View.asList()),
            failures().apply("Failures", View.asList()),
            epochs().apply("Epochs", View.asList()),
            counts(),
            statistics().apply("Statistics", View.asList()),
            decisions() == null ? null : decisions().apply("Decisions", View.asList()),
            users);
    return results
        .getPipeline()
        .apply("Once", Create.of(folder().path()).withCoder(StringUtf8Coder.of()))
        .apply("Await", Await.of(views.all()))
        .apply("Write", ParDo.of(new WriteFn(this, views)).withSideInputs(views.all()))
        .setCoder(Counts.CODER);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("folder", folder().path()))
        .add(DisplayData.item("cutoffs", cutoffs().toString()));
  }

  private record Views(
      PCollectionView<List<EvaluationResult>> results,
      PCollectionView<List<ModelArtifact>> artifacts,
      PCollectionView<List<ModelFailure>> failures,
      PCollectionView<List<EpochReport>> epochs,
      PCollectionView<Map<String, Long>> counts,
      PCollectionView<List<DataStatistics>> statistics,
      @Nullable PCollectionView<List<PromotionDecision>> decisions,
      ChosenUsers users)
      implements Serializable {
    List<PCollectionView<?>> all() {
      List<PCollectionView<?>> all =
          new ArrayList<>(List.of(results, artifacts, failures, epochs, counts, statistics));
      if (decisions != null) {
        all.add(decisions);
      }
      all.addAll(users.views());
      return all;
    }
  }

  private static final class WriteFn extends DoFn<String, KV<String, Long>> {
    private final Folder folder;
    private final RunManifest manifest;
    private final List<String> inputPatterns;
    private final List<Integer> cutoffs;
    private final Views views;

    WriteFn(WriteReport step, Views views) {
      this.folder = step.folder();
      this.manifest = step.manifest();
      this.inputPatterns = List.copyOf(step.inputPatterns());
      this.cutoffs = List.copyOf(step.cutoffs());
      this.views = views;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      ReportData data = data(context);
      if (data.leaderboard().isEmpty()) {
        return;
      }
      byte[] page = ReportPage.of(data).getBytes(StandardCharsets.UTF_8);
      folder.write(NAME, out -> out.write(page));
      context.output(KV.of(folder.file(NAME), (long) page.length));
    }

    private ReportData data(ProcessContext context) {
      List<ModelArtifact> artifacts = context.sideInput(views.artifacts());
      return new ReportData(
          manifest,
          inputPatterns,
          cutoffs,
          LeaderboardRows.of(context.sideInput(views.results()), artifacts),
          artifacts,
          context.sideInput(views.failures()),
          context.sideInput(views.epochs()),
          context.sideInput(views.counts()),
          context.sideInput(views.statistics()),
          views.decisions() == null
              ? Optional.empty()
              : context.sideInput(views.decisions()).stream().findFirst(),
          views.users().examples(context),
          views.users().titles(context));
    }
  }
}
