package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.Holdout;
import io.towerbeam.schemas.InteractionBlock;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Interactions by item of what is left of the train side once something is kept from models. Takes
 * the counts of all of it (one map); an item that is not held out stays, be it with nought.
 */
final class SideCounts
    extends PTransform<PCollection<Map<String, Long>>, PCollection<Map<String, Long>>> {
  private final transient Holdout holdout;
  private final transient PCollection<InteractionBlock> train;

  private SideCounts(Holdout holdout, PCollection<InteractionBlock> train) {
    this.holdout = holdout;
    this.train = train;
  }

  /**
   * @param train what is left
   */
  static SideCounts of(Holdout holdout, PCollection<InteractionBlock> train) {
    return new SideCounts(holdout, train);
  }

  @Override
  public PCollection<Map<String, Long>> expand(PCollection<Map<String, Long>> itemCounts) {
    PCollection<Map<String, Long>> noughts =
        itemCounts
            .apply("KeepItems", ParDo.of(new KeepItemsFn(holdout)))
            .setCoder(Counts.MAP_CODER);
    PCollection<Map<String, Long>> counts =
        train.apply("CountItems", ParDo.of(new CountItemsFn())).setCoder(Counts.MAP_CODER);
    return PCollectionList.of(noughts)
        .and(counts)
        .apply("ItemsAndCounts", Flatten.pCollections())
        .apply("AddCounts", MapSum.toOne(Counts.MAP_CODER))
        .setCoder(Counts.MAP_CODER);
  }

  /** The items that are not held out, each with nought. */
  private static final class KeepItemsFn extends DoFn<Map<String, Long>, Map<String, Long>> {
    private final Holdout holdout;

    KeepItemsFn(Holdout holdout) {
      this.holdout = holdout;
    }

    @ProcessElement
    public void process(@Element Map<String, Long> counts, OutputReceiver<Map<String, Long>> kept) {
      Map<String, Long> noughts = new HashMap<>();
      for (String item : counts.keySet()) {
        if (!holdout.has(item)) {
          noughts.put(item, 0L);
        }
      }
      kept.output(noughts);
    }
  }
}
