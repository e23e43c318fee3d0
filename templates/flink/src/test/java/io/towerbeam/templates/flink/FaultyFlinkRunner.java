package io.towerbeam.templates.flink;

import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** Flink's runner, with each n-th {@code ParDo} of those that can be wrapped made to throw once. */
public final class FaultyFlinkRunner extends PipelineRunner<PipelineResult> {
  private static volatile int nth = 1;

  private final FlinkRunner flink;

  private FaultyFlinkRunner(FlinkRunner flink) {
    this.flink = flink;
  }

  /** Beam finds it by its name. */
  public static FaultyFlinkRunner fromOptions(PipelineOptions options) {
    return new FaultyFlinkRunner(FlinkRunner.fromOptions(options));
  }

  /** Of so many steps of the pipelines to come one throws; by its name, so always the same. */
  static void wrapEach(int nth) {
    FaultyFlinkRunner.nth = nth;
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    FaultyFn.forget();
    int each = nth;
    WrapParDos.of(
        pipeline, FaultyFn::new, step -> Math.floorMod(step.getFullName().hashCode(), each) == 0);
    return flink.run(pipeline);
  }
}
