package io.towerbeam.transforms.prepare;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;

/** Adds up maps key by key. The accumulator grows with the distinct keys, never with the inputs. */
final class MapSum<K> extends Combine.CombineFn<Map<K, Long>, Map<K, Long>, Map<K, Long>> {
  private final Coder<Map<K, Long>> coder;

  private MapSum(Coder<Map<K, Long>> coder) {
    this.coder = coder;
  }

  static <K> MapSum<K> of(Coder<Map<K, Long>> coder) {
    return new MapSum<>(coder);
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
}
