package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDArray;
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

    @Override
    double ofRow(float[] scores, int from, int to, float[] slopes) {
      SoftPlusSum loss = new SoftPlusSum();
      slopes[from] = (float) -loss.add(-scores[from]);
      for (int negative = from + 1; negative < to; negative++) {
        slopes[negative] = (float) loss.add(scores[negative]);
      }
      return loss.sum();
    }

    @Override
    int terms(int pairs) {
      return pairs;
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

    @Override
    double ofRow(float[] scores, int from, int to, float[] slopes) {
      SoftPlusSum loss = new SoftPlusSum();
      double all = 0;
      for (int negative = from + 1; negative < to; negative++) {
        double slope = loss.add(scores[negative] - scores[from]);
        slopes[negative] = (float) slope;
        all += slope;
      }
      slopes[from] = (float) -all;
      return loss.sum();
    }

    @Override
    int terms(int pairs) {
      return pairs - 1;
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

    @Override
    double ofRow(float[] scores, int from, int to, float[] slopes) {
      float[] sigmoids = new float[to - from];
      float[] inThem = new float[to - from];
      for (int i = 0; i < sigmoids.length; i++) {
        sigmoids[i] = (float) (1 / (1 + Math.exp(-scores[from + i])));
      }
      double loss = BPR.ofRow(sigmoids, 0, sigmoids.length, inThem);
      for (int i = 0; i < sigmoids.length; i++) {
        slopes[from + i] = inThem[i] * sigmoids[i] * (1 - sigmoids[i]);
      }
      return loss;
    }

    @Override
    int terms(int pairs) {
      return BPR.terms(pairs);
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
   * What some rows of a batch add to its mean loss, of scores on the host.
   *
   * @param scores (b, 1 + N) row-major, the positive's first
   * @param pairs 1 + N
   * @param batch B, how many rows the mean is over
   * @param slopes takes the slopes of the mean loss in the scores
   */
  public double of(float[] scores, int pairs, int batch, float[] slopes) {
    double sum = 0;
    for (int from = 0; from < scores.length; from += pairs) {
      sum += ofRow(scores, from, from + pairs, slopes);
    }
    int terms = batch * terms(pairs);
    float share = 1f / terms;
    for (int i = 0; i < scores.length; i++) {
      slopes[i] *= share;
    }
    return sum / terms;
  }

  /** The sum of the terms of one row, and the slopes of this sum. */
  abstract double ofRow(float[] scores, int from, int to, float[] slopes);

  /** How many terms a row of so many pairs has. */
  abstract int terms(int pairs);

  /** The mean loss of (B, 1) positives and (B, N) negatives. */
  abstract NDArray of(NDArray positives, NDArray negatives);

  /** The loss of that name in lower case, with hyphens between words. */
  public static PairLoss named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
