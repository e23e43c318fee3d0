package io.towerbeam.transforms.evaluate;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Merges the totals of disjoint sets of users; the order of merging leaves no trace. */
final class MergeTotalsFn extends CombineFn<ModelTotals, ModelTotals, ModelTotals> {
  private final EvaluationSettings settings;

  MergeTotalsFn(EvaluationSettings settings) {
    this.settings = settings;
  }

  @Override
  public ModelTotals createAccumulator() {
    return new ModelTotals(settings);
  }

  @Override
  public ModelTotals addInput(ModelTotals accumulator, ModelTotals input) {
    accumulator.merge(input);
    return accumulator;
  }

  @Override
  public ModelTotals mergeAccumulators(Iterable<ModelTotals> accumulators) {
    ModelTotals merged = createAccumulator();
    accumulators.forEach(merged::merge);
    return merged;
  }

  @Override
  public ModelTotals extractOutput(ModelTotals accumulator) {
    return accumulator;
  }

  @Override
  public Coder<ModelTotals> getAccumulatorCoder(
      CoderRegistry registry, Coder<ModelTotals> inputCoder) {
    return ModelTotalsCoder.of(settings);
  }

  @Override
  public Coder<ModelTotals> getDefaultOutputCoder(
      CoderRegistry registry, Coder<ModelTotals> inputCoder) {
    return ModelTotalsCoder.of(settings);
  }
}
