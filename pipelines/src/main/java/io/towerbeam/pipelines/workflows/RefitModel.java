package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.PromotionVerdict;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.write.RunFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Fits the challenger once more, on all rows, once it is accepted: the same parameters and seed,
 * and so as many epochs. Rows and index are written in any case.
 */
final class RefitModel extends PTransform<PCollection<PromotionDecision>, RefitModel.Result> {
  private final transient ModelChoice choice;
  private final transient TrainOptions options;
  private final transient PrepareSettings settings;
  private final transient PreparedData judged;

  private RefitModel(
      ModelChoice choice, TrainOptions options, PrepareSettings settings, PreparedData judged) {
    this.choice = choice;
    this.options = options;
    this.settings = settings;
    this.judged = judged;
  }

  /**
   * @param settings those of the split that it was judged by
   * @param judged that split
   */
  static RefitModel of(
      ModelChoice choice, TrainOptions options, PrepareSettings settings, PreparedData judged) {
    return new RefitModel(choice, options, settings, judged);
  }

  /**
   * What is published.
   *
   * @param failures the model, if it could not be fitted
   * @param counts of all rows
   * @param written the files
   */
  record Result(
      PCollection<ModelFailure> failures,
      PCollectionView<Map<String, Long>> counts,
      List<PCollection<?>> written)
      implements POutput {
    @Override
    public Pipeline getPipeline() {
      return failures.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      Map<TupleTag<?>, PValue> outputs = new HashMap<>(failures.expand());
      written.forEach(files -> outputs.putAll(files.expand()));
      return outputs;
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }

  @Override
  public Result expand(PCollection<PromotionDecision> decisions) {
    RunFiles run = RunDirectory.of(options).files();
    PreparedData all =
        decisions.getPipeline().apply("PrepareAllRows", PrepareAllRows.of(judged, settings, run));
    PCollection<Map<String, Long>> accepted =
        decisions
            .apply(
                "IfAccepted", ParDo.of(new IfAcceptedFn(all.counts())).withSideInputs(all.counts()))
            .setCoder(Counts.MAP_CODER);
    PreparedData data = all.onceCounted(accepted);
    FittedModels fitted =
        FittedModels.of(FitModels.of(choice, options, data), data)
            .withVectors(options, settings.shards(), data);
    return new Result(fitted.failures(), all.counts(), fitted.written());
  }

  private static final class IfAcceptedFn extends DoFn<PromotionDecision, Map<String, Long>> {
    private final PCollectionView<Map<String, Long>> counts;

    IfAcceptedFn(PCollectionView<Map<String, Long>> counts) {
      this.counts = counts;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (context.element().getVerdict() != PromotionVerdict.REFUSED) {
        context.output(context.sideInput(counts));
      }
    }
  }
}
