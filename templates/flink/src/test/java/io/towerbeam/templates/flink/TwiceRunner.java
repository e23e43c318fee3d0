package io.towerbeam.templates.flink;

import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.ParDo;

/** The DirectRunner, with each DoFn of Towerbeam doing its work twice at once. */
public final class TwiceRunner extends PipelineRunner<PipelineResult> {
  private final DirectRunner direct;

  private TwiceRunner(DirectRunner direct) {
    this.direct = direct;
  }

  /** Beam finds it by its name. */
  public static TwiceRunner fromOptions(PipelineOptions options) {
    return new TwiceRunner(DirectRunner.fromOptions(options));
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    WrapParDos.of(pipeline, TwiceFn::new, TwiceRunner::isOurs);
    return direct.run(pipeline);
  }

  /** Beam's own DoFns do nothing to the world. */
  private static boolean isOurs(AppliedPTransform<?, ?, ?> step) {
    return step.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo
        && parDo.getFn().getClass().getName().startsWith("io.towerbeam.");
  }
}
