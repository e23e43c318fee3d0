package io.towerbeam.transforms.prepare;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Keeps elements at a grouping until the side inputs of the next step are there. It changes nothing
 * but the work of the DirectRunner, which tries every bundle that waits for a side input again
 * whenever anything else happens, for some 2 ms each: on MovieLens-1M that was a third of a
 * leaderboard's CPU time outside training.
 */
public final class AwaitViews {
  private static final TupleTag<Void> NEVER = new TupleTag<>("never") {};

  private AwaitViews() {}

  /** For a handful of elements, which are grouped on one worker. */
  public static <T> PTransform<PCollection<T>, PCollection<T>> of(List<PCollectionView<?>> views) {
    return new OfFew<>(views);
  }

  /**
   * Adds an input without elements to a grouping, which ends when the views are there.
   *
   * @param keys the coder of the grouping's keys
   */
  static <K> KeyedPCollectionTuple<K> join(
      KeyedPCollectionTuple<K> inputs, List<PCollectionView<?>> views, Coder<K> keys) {
    PCollectionList<KV<K, Void>> never = PCollectionList.empty(inputs.getPipeline());
    for (PCollectionView<?> view : views) {
      never = never.and(never("Await" + never.size(), view.getPCollection(), keys));
    }
    return inputs.and(NEVER, never.apply("Await", Flatten.pCollections()));
  }

  private static <T, K> PCollection<KV<K, Void>> never(
      String name, PCollection<T> awaited, Coder<K> keys) {
    return awaited
        .apply(name, ParDo.of(new NoneFn<T, K>()))
        .setCoder(KvCoder.of(keys, VoidCoder.of()));
  }

  private static final class OfFew<T> extends PTransform<PCollection<T>, PCollection<T>> {
    private final transient List<PCollectionView<?>> views;

    OfFew(List<PCollectionView<?>> views) {
      this.views = views;
    }

    @Override
    public PCollection<T> expand(PCollection<T> elements) {
      TupleTag<T> kept = new TupleTag<>("kept");
      PCollection<KV<Integer, T>> keyed =
          elements
              .apply("OneKey", WithKeys.of(0))
              .setCoder(KvCoder.of(VarIntCoder.of(), elements.getCoder()));
      // (0, [element], [])
      return join(KeyedPCollectionTuple.of(kept, keyed), views, VarIntCoder.of())
          .apply("Join", CoGroupByKey.create())
          .apply("Kept", ParDo.of(new KeptFn<>(kept)))
          .setCoder(elements.getCoder());
    }
  }

  private static final class KeptFn<T> extends DoFn<KV<Integer, CoGbkResult>, T> {
    private final TupleTag<T> kept;

    KeptFn(TupleTag<T> kept) {
      this.kept = kept;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> group, OutputReceiver<T> out) {
      group.getValue().getAll(kept).forEach(out::output);
    }
  }

  private static final class NoneFn<T, K> extends DoFn<T, KV<K, Void>> {
    @ProcessElement
    public void process() {
      // the input's end is all that counts
    }
  }
}
