package io.towerbeam.pipelines.workflows;

import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** How many elements there are, as a count of the run. */
final class CountElements<T> extends PTransform<PCollection<T>, PCollection<KV<String, Long>>> {
  private final String name;

  CountElements(String name) {
    this.name = name;
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<T> elements) {
    return elements.apply("Count", Count.globally()).apply("Name", new NameNumber(name));
  }
}
