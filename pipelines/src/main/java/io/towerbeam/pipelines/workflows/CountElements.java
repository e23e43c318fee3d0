package io.towerbeam.pipelines.workflows;

import io.towerbeam.transforms.prepare.Counts;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * How many elements there are, as partial counts for {@link Counts} to add up: one per bundle, and
 * a nought for no elements.
 */
final class CountElements<T> extends PTransform<PCollection<T>, PCollection<KV<String, Long>>> {
  private final String name;

  CountElements(String name) {
    this.name = name;
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<T> elements) {
    PCollection<KV<String, Long>> nought =
        elements.getPipeline().apply("Nought", Create.of(KV.of(name, 0L)).withCoder(Counts.CODER));
    PCollection<KV<String, Long>> counts =
        elements.apply("Count", ParDo.of(new CountFn<>(name))).setCoder(Counts.CODER);
    return PCollectionList.of(nought).and(counts).apply("Counts", Flatten.pCollections());
  }

  private static final class CountFn<T> extends DoFn<T, KV<String, Long>> {
    private final String name;
    private transient long count;

    CountFn(String name) {
      this.name = name;
    }

    @StartBundle
    public void startBundle() {
      count = 0;
    }

    @ProcessElement
    public void process() {
      count++;
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      context.output(KV.of(name, count), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }
  }
}
