package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.Locale;

/** What is lowered over one positive and N sampled negatives of each of B users. */
public enum PairLoss {
  /**
   * Binary cross-entropy of σ(score): −log σ(s) for the positive, −log(1 − σ(s)) for a negative.
   * Mean over all B·(1 + N) pairs.
   */
  BCE {
    @Override
    NDArray of(NDArray positives, NDArray negatives) {
      NDArray positive = Activation.softPlus(positives.neg()).sum();
      NDArray negative = Activation.softPlus(negatives).sum();
      return positive.add(negative).div(positives.size() + negatives.size());
    }

    /** σ(s) − 1 for the positive, σ(s) for a negative. */
    @Override
    NDArray slopes(NDArray positives, NDArray negatives) {
      return NDArrays.concat(
              new NDList(Activation.sigmoid(positives).sub(1), Activation.sigmoid(negatives)), 1)
          .div(positives.size() + negatives.size());
    }
  },

  /**
   * Bayesian personalised ranking: −log σ(positive − negative), every negative against its
   * positive. Mean over all B·N differences. Source: Rendle et al., "BPR" (UAI 2009).
   */
  BPR {
    @Override
    NDArray of(NDArray positives, NDArray negatives) {
      return Activation.softPlus(negatives.sub(positives)).mean();
    }

    /** σ(s' − s) for a negative s', and less all of those for its positive s. */
    @Override
    NDArray slopes(NDArray positives, NDArray negatives) {
      NDArray ofNegatives = Activation.sigmoid(negatives.sub(positives)).div(negatives.size());
      NDArray ofPositives = ofNegatives.sum(new int[] {1}, true).neg();
      return NDArrays.concat(new NDList(ofPositives, ofNegatives), 1);
    }
  },

  /**
   * Bayesian personalised ranking of probabilities: −log σ(σ(positive) − σ(negative)), so that the
   * sigmoid is applied twice and no pair's loss falls below log(1 + 1/e). Mean over all B·N
   * differences.
   */
  BPR_OF_SIGMOID {
    @Override
    NDArray of(NDArray positives, NDArray negatives) {
      return BPR.of(Activation.sigmoid(positives), Activation.sigmoid(negatives));
    }

    /** Those of BPR, times σ'(s) = σ(s)·(1 − σ(s)). */
    @Override
    NDArray slopes(NDArray positives, NDArray negatives) {
      NDArray positive = Activation.sigmoid(positives);
      NDArray negative = Activation.sigmoid(negatives);
      NDArray all = NDArrays.concat(new NDList(positive, negative), 1);
      return BPR.slopes(positive, negative).mul(all.sub(all.square()));
    }
  };

  /**
   * The mean loss, () float32.
   *
   * @param scores (B, 1 + N) float32, the positive's first
   */
  public NDArray of(NDArray scores) {
    NDList parts = scores.split(new long[] {1}, 1);
    return of(parts.get(0), parts.get(1));
  }

  /**
   * The slopes of the mean loss in the scores, (B, 1 + N) float32.
   *
   * @param scores (B, 1 + N) float32, the positive's first
   */
  public NDArray slopes(NDArray scores) {
    NDList parts = scores.split(new long[] {1}, 1);
    return slopes(parts.get(0), parts.get(1));
  }

  /** The slopes in (B, 1) positives and (B, N) negatives, side by side. */
  abstract NDArray slopes(NDArray positives, NDArray negatives);

  /** The mean loss of (B, 1) positives and (B, N) negatives. */
  abstract NDArray of(NDArray positives, NDArray negatives);

  /** The loss of that name in lower case, with hyphens between words. */
  public static PairLoss named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
