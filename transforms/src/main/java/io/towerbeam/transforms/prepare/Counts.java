package io.towerbeam.transforms.prepare;

import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Exact counts by name, added up from the partial counts of many steps: what manifests, verdicts
 * and checks are made of, since a runner may count a repeated bundle twice in its own counters.
 *
 * <p>Gives one map, empty if nothing was counted.
 */
public final class Counts
    extends PTransform<PCollectionList<KV<String, Long>>, PCollection<Map<String, Long>>> {
  /** How a partial count travels. */
  public static final Coder<KV<String, Long>> CODER =
      KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

  /** How the map travels. */
  public static final Coder<Map<String, Long>> MAP_CODER =
      MapCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

  private Counts() {}

  /** Adds up partial counts. */
  public static Counts sum() {
    return new Counts();
  }

  @Override
  public PCollection<Map<String, Long>> expand(PCollectionList<KV<String, Long>> partials) {
    return partials
        .apply("Flatten", Flatten.pCollections())
        .setCoder(CODER)
        .apply("AsMap", ParDo.of(new AsMapFn()))
        .setCoder(MAP_CODER)
        .apply("Add", MapSum.toOne(MAP_CODER))
        .setCoder(MAP_CODER);
  }

  private static final class AsMapFn extends DoFn<KV<String, Long>, Map<String, Long>> {
    @ProcessElement
    public void process(@Element KV<String, Long> partial, OutputReceiver<Map<String, Long>> out) {
      out.output(Map.of(partial.getKey(), partial.getValue()));
    }
  }
}
