package io.towerbeam.transforms.prepare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** Adds up maps key by key. The accumulator grows with the distinct keys, never with the inputs. */
final class MapSum<K> extends Combine.CombineFn<Map<K, Long>, Map<K, Long>, Map<K, Long>> {
  private final Coder<Map<K, Long>> coder;

  private MapSum(Coder<Map<K, Long>> coder) {
    this.coder = coder;
  }

  static <K> MapSum<K> of(Coder<Map<K, Long>> coder) {
    return new MapSum<>(coder);
  }

  /**
   * Adds up all maps to one, empty if there is none. That one starts from an empty map beside them
   * takes fewer steps than Beam's default value, which a side input has to wait for.
   */
  static <K> PTransform<PCollection<Map<K, Long>>, PCollection<Map<K, Long>>> toOne(
      Coder<Map<K, Long>> coder) {
    return new ToOne<>(coder);
  }

  @Override
  public Map<K, Long> createAccumulator() {
    return new HashMap<>();
  }

  @Override
  public Map<K, Long> addInput(Map<K, Long> sums, Map<K, Long> input) {
    input.forEach((key, value) -> sums.merge(key, value, Math::addExact));
    return sums;
  }

  @Override
  public Map<K, Long> mergeAccumulators(Iterable<Map<K, Long>> accumulators) {
    Map<K, Long> sums = createAccumulator();
    accumulators.forEach(accumulator -> addInput(sums, accumulator));
    return sums;
  }

  @Override
  public Map<K, Long> extractOutput(Map<K, Long> sums) {
    return sums;
  }

  @Override
  public Coder<Map<K, Long>> getAccumulatorCoder(
      CoderRegistry registry, Coder<Map<K, Long>> inputCoder) {
    return coder;
  }

  @Override
  public Coder<Map<K, Long>> getDefaultOutputCoder(
      CoderRegistry registry, Coder<Map<K, Long>> inputCoder) {
    return coder;
  }

  private static final class ToOne<K>
      extends PTransform<PCollection<Map<K, Long>>, PCollection<Map<K, Long>>> {
    private final Coder<Map<K, Long>> coder;

    ToOne(Coder<Map<K, Long>> coder) {
      this.coder = coder;
    }

    @Override
    public PCollection<Map<K, Long>> expand(PCollection<Map<K, Long>> maps) {
      PCollection<Map<K, Long>> nothing =
          maps.getPipeline()
              .apply("Nothing", Create.of(List.of(Map.<K, Long>of())).withCoder(coder));
      return PCollectionList.of(maps)
          .and(nothing)
          .apply("WithNothing", Flatten.pCollections())
          .setCoder(coder)
          .apply("Sum", Combine.globally(MapSum.of(coder)).withoutDefaults())
          .setCoder(coder);
    }
  }
}
