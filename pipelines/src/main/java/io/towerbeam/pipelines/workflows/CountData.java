package io.towerbeam.pipelines.workflows;

import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.transforms.prepare.Counts;
import java.util.List;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The users and items of data that have passed their checks, as counts of the run. */
final class CountData
    extends PTransform<PCollection<DataStatistics>, PCollection<KV<String, Long>>> {
  @Override
  public PCollection<KV<String, Long>> expand(PCollection<DataStatistics> statistics) {
    return statistics
        .apply(
            "UsersAndItems",
            FlatMapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                .via(
                    data ->
                        List.of(KV.of("users", data.getUsers()), KV.of("items", data.getItems()))))
        .setCoder(Counts.CODER);
  }
}
