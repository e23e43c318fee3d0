package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;

/** What is lowered over one positive and N sampled negatives of each of B users. */
enum PairLoss {
  /**
   * Binary cross-entropy of σ(score): −log σ(s) for the positive, −log(1 − σ(s)) for a negative.
   * Mean over all B·(1 + N) pairs.
   */
  BCE {
    @Override
    NDArray of(NDArray scores) {
      NDList parts = scores.split(new long[] {1}, 1);
      NDArray positive = Activation.softPlus(parts.get(0).neg()).sum();
      NDArray negative = Activation.softPlus(parts.get(1)).sum();
      return positive.add(negative).div(scores.size());
    }
  },

  /**
   * Bayesian personalised ranking: −log σ(positive − negative), every negative against its
   * positive. Mean over all B·N differences. Source: Rendle et al., "BPR" (UAI 2009).
   */
  BPR {
    @Override
    NDArray of(NDArray scores) {
      NDList parts = scores.split(new long[] {1}, 1);
      return Activation.softPlus(parts.get(1).sub(parts.get(0))).mean();
    }
  };

  /**
   * The mean loss, () float32.
   *
   * @param scores (B, 1 + N) float32, the positive's first
   */
  abstract NDArray of(NDArray scores);
}
