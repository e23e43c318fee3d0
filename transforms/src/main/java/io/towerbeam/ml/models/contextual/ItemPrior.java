package io.towerbeam.ml.models.contextual;

/**
 * What the items' biases start at: log(1 + n) of an item taken n times, less the mean over items,
 * which a softmax does not see and float32 is better without.
 *
 * @param biases (I) float32
 * @param newItemBias that of an item that nobody took
 */
record ItemPrior(float[] biases, float newItemBias) {
  /**
   * The biases of items taken so often.
   *
   * @param counts (I) interactions of each item
   */
  static ItemPrior of(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += StrictMath.log(1.0 + count);
    }
    double mean = sum / Math.max(1, counts.length);
    float[] biases = new float[counts.length];
    for (int item = 0; item < biases.length; item++) {
      biases[item] = (float) (StrictMath.log(1.0 + counts[item]) - mean);
    }
    return new ItemPrior(biases, (float) -mean);
  }
}
