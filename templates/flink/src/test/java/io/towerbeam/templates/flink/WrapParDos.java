package io.towerbeam.templates.flink;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.PTransformMatcher;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.runners.PTransformOverrideFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ParDo.MultiOutput;
import org.apache.beam.sdk.util.construction.PTransformReplacements;
import org.apache.beam.sdk.util.construction.ReplacementOutputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** Puts something around the steps of a pipeline, before a runner gets it. */
final class WrapParDos<InputT, OutputT>
    implements PTransformOverrideFactory<
        PCollection<? extends InputT>, PCollectionTuple, MultiOutput<InputT, OutputT>> {
  private final Wrapper wrapper;

  private WrapParDos(Wrapper wrapper) {
    this.wrapper = wrapper;
  }

  /** Makes what stands in a step's place. */
  interface Wrapper {
    <InputT, OutputT> WrappedFn<InputT, OutputT> wrap(
        String step, DoFn<InputT, OutputT> fn, TupleTag<OutputT> mainOutput);
  }

  /**
   * Wraps the {@code ParDo}s that can be.
   *
   * @param isChosen asked once for each of them
   */
  static void of(
      Pipeline pipeline, Wrapper wrapper, Predicate<AppliedPTransform<?, ?, ?>> isChosen) {
    PTransformMatcher parDos =
        step ->
            step.getTransform() instanceof MultiOutput<?, ?> parDo
                && WrappedFn.canWrap(parDo.getFn())
                && isChosen.test(step);
    pipeline.replaceAll(List.of(PTransformOverride.of(parDos, new WrapParDos<>(wrapper))));
  }

  @Override
  public PTransformReplacement<PCollection<? extends InputT>, PCollectionTuple>
      getReplacementTransform(
          AppliedPTransform<
                  PCollection<? extends InputT>, PCollectionTuple, MultiOutput<InputT, OutputT>>
              step) {
    MultiOutput<InputT, OutputT> parDo = step.getTransform();
    return PTransformReplacement.of(
        PTransformReplacements.getSingletonMainInput(step),
        ParDo.of(wrapper.wrap(step.getFullName(), parDo.getFn(), parDo.getMainOutputTag()))
            .withOutputTags(parDo.getMainOutputTag(), parDo.getAdditionalOutputTags())
            .withSideInputs(parDo.getSideInputs()));
  }

  @Override
  public Map<PCollection<?>, ReplacementOutput> mapOutputs(
      Map<TupleTag<?>, PCollection<?>> outputs, PCollectionTuple replacements) {
    return ReplacementOutputs.tagged(outputs, replacements);
  }
}
