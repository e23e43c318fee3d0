package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Champion;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Makes a run's model the champion once the run is published. Takes the run's verdict, as the
 * publishing step gives it, and promotes nothing unless it is {@code published}; gives the number
 * under which the model stands in {@link Champions}, the same for a repeated bundle.
 *
 * <p>A process that dies after {@code _SUCCESS} and before this leaves a run that is published and
 * no champion, since a finished run is not started again: it can still be served by its name.
 */
@AutoValue
public abstract class PromoteChampion extends PTransform<PCollection<String>, PCollection<String>> {
  abstract Folder output();

  abstract Champion champion();

  abstract PCollection<EvaluationResult> results();

  /**
   * @param output the folder that holds all runs
   * @param champion the record but for its metrics
   * @param results the run's results, whose headline row the record quotes; may be empty
   */
  public static PromoteChampion of(
      Folder output, Champion champion, PCollection<EvaluationResult> results) {
    return new AutoValue_PromoteChampion(output, champion, results);
  }

  @Override
  public PCollection<String> expand(PCollection<String> verdict) {
    PCollectionView<List<EvaluationResult>> view = results().apply("Results", View.asList());
    return verdict
        .apply(
            "Promote",
            ParDo.of(new PromoteFn(Champions.in(output()), champion(), view)).withSideInputs(view))
        .setCoder(StringUtf8Coder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("output", output().path()))
        .add(DisplayData.item("model", champion().getModel()));
  }

  private static final class PromoteFn extends DoFn<String, String> {
    private final Champions champions;
    private final Champion champion;
    private final PCollectionView<List<EvaluationResult>> results;

    PromoteFn(
        Champions champions, Champion champion, PCollectionView<List<EvaluationResult>> results) {
      this.champions = champions;
      this.champion = champion;
      this.results = results;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      if (context.element().equals(Verdict.PUBLISHED.name())) {
        Map<String, Double> metrics =
            context.sideInput(results).stream()
                .filter(result -> result.getSegment().equals("all"))
                .filter(result -> result.getModelName().equals(champion.getModel()))
                .findFirst()
                .map(EvaluationResult::getMetrics)
                .orElse(Map.of());
        context.output(
            champions.promote(Champion.newBuilder(champion).setMetrics(metrics).build()).label());
      }
    }
  }
}
