package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.Shards;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Keeps elements at a grouping until the side inputs of the next step are there, or until other
 * collections have ended.
 *
 * <p>For side inputs it changes nothing but the work of the DirectRunner, which tries every bundle
 * that waits for a side input again whenever anything else happens, for some 2 ms each: on
 * MovieLens-1M that was a third of a leaderboard's CPU time outside training.
 */
public final class Await {
  /** Into how many groups many elements go: few, since each is a bundle of its own. */
  private static final int GROUPS = 4;

  private static final TupleTag<Void> NEVER = new TupleTag<>("never") {};

  private Await() {}

  /** For a handful of elements, which are grouped on one worker. */
  public static <T> PTransform<PCollection<T>, PCollection<T>> of(List<PCollectionView<?>> views) {
    return new Grouped<>(collections(views), element -> 0);
  }

  /**
   * For as many elements as a catalogue has, which are grouped on a few workers.
   *
   * @param id of an element, by which groups are made
   */
  public static <T> PTransform<PCollection<T>, PCollection<T>> of(
      List<PCollectionView<?>> views, SerializableFunction<T, String> id) {
    return new Grouped<>(collections(views), element -> Shards.of(id.apply(element), GROUPS));
  }

  /**
   * For a handful of elements: what {@link org.apache.beam.sdk.transforms.Wait#on} does for them,
   * by one step a collection in place of a dozen. All must be bounded and in the global window.
   */
  public static <T> PTransform<PCollection<T>, PCollection<T>> ended(List<PCollection<?>> others) {
    return new Grouped<>(others, element -> 0);
  }

  /**
   * Adds an input without elements to a grouping, which ends when the views are there.
   *
   * @param keys the coder of the grouping's keys
   */
  public static <K> KeyedPCollectionTuple<K> join(
      KeyedPCollectionTuple<K> inputs, List<PCollectionView<?>> views, Coder<K> keys) {
    return joinEnds(inputs, collections(views), keys);
  }

  private static List<PCollection<?>> collections(List<PCollectionView<?>> views) {
    return views.stream().<PCollection<?>>map(PCollectionView::getPCollection).toList();
  }

  private static <K> KeyedPCollectionTuple<K> joinEnds(
      KeyedPCollectionTuple<K> inputs, List<PCollection<?>> awaited, Coder<K> keys) {
    PCollectionList<KV<K, Void>> never = PCollectionList.empty(inputs.getPipeline());
    for (PCollection<?> collection : awaited) {
      never = never.and(never("Await" + never.size(), collection, keys));
    }
    return inputs.and(
        NEVER,
        never.apply("Await", Flatten.pCollections()).setCoder(KvCoder.of(keys, VoidCoder.of())));
  }

  private static <T, K> PCollection<KV<K, Void>> never(
      String name, PCollection<T> awaited, Coder<K> keys) {
    return awaited
        .apply(name, ParDo.of(new NoneFn<T, K>()))
        .setCoder(KvCoder.of(keys, VoidCoder.of()));
  }

  private static final class Grouped<T> extends PTransform<PCollection<T>, PCollection<T>> {
    private final transient List<PCollection<?>> awaited;
    private final transient SerializableFunction<T, Integer> group;

    Grouped(List<PCollection<?>> awaited, SerializableFunction<T, Integer> group) {
      this.awaited = awaited;
      this.group = group;
    }

    @Override
    public PCollection<T> expand(PCollection<T> elements) {
      TupleTag<T> kept = new TupleTag<>("kept");
      PCollection<KV<Integer, T>> keyed =
          elements
              .apply("ByGroup", WithKeys.of(group).withKeyType(TypeDescriptors.integers()))
              .setCoder(KvCoder.of(VarIntCoder.of(), elements.getCoder()));
      // (group, [element], [])
      return joinEnds(KeyedPCollectionTuple.of(kept, keyed), awaited, VarIntCoder.of())
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
