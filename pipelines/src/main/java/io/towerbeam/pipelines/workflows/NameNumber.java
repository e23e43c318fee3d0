package io.towerbeam.pipelines.workflows;

import io.towerbeam.transforms.prepare.Counts;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** A number under the name that the run's counts have for it. */
final class NameNumber extends PTransform<PCollection<Long>, PCollection<KV<String, Long>>> {
  private final String name;

  NameNumber(String name) {
    this.name = name;
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<Long> number) {
    String label = name; // a lambda that names the field would drag the transform along
    return number
        .apply(
            "Name",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                .via(value -> KV.of(label, value)))
        .setCoder(Counts.CODER);
  }
}
