package io.towerbeam.pipelines.workflows;

import io.towerbeam.transforms.prepare.Counts;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** How many elements there are, as a count of the run. */
final class CountElements<T> extends PTransform<PCollection<T>, PCollection<KV<String, Long>>> {
  private final String name;

  CountElements(String name) {
    this.name = name;
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<T> elements) {
    String counted = name; // a lambda that names the field would drag the transform along
    return elements
        .apply("Count", Count.globally())
        .apply(
            "Name",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                .via(count -> KV.of(counted, count)))
        .setCoder(Counts.CODER);
  }
}
