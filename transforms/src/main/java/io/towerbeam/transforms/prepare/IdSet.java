package io.towerbeam.transforms.prepare;

import java.util.Map;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Ids as the keys of a map view, which looks them up without a scan. Ids must be distinct. */
public final class IdSet
    extends PTransform<PCollection<String>, PCollectionView<Map<String, Boolean>>> {
  private IdSet() {}

  /** Views ids as the keys of a map. */
  public static IdSet view() {
    return new IdSet();
  }

  @Override
  public PCollectionView<Map<String, Boolean>> expand(PCollection<String> ids) {
    return ids.apply(
            "KeyById",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.booleans()))
                .via(id -> KV.of(id, true)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), BooleanCoder.of()))
        .apply("AsMap", View.asMap());
  }
}
