package io.towerbeam.pipelines.workflows;

import io.towerbeam.transforms.prepare.Counts;
import java.util.Map;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** A map of counts as single counts, to be added to others. */
final class CountEntries
    extends PTransform<PCollection<Map<String, Long>>, PCollection<KV<String, Long>>> {
  @Override
  public PCollection<KV<String, Long>> expand(PCollection<Map<String, Long>> counts) {
    return counts
        .apply(
            "Entries",
            FlatMapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                .via(
                    map ->
                        map.entrySet().stream()
                            .map(entry -> KV.of(entry.getKey(), entry.getValue()))
                            .toList()))
        .setCoder(Counts.CODER);
  }
}
