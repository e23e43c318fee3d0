package io.towerbeam.ml.models.training;

/**
 * How weights are drawn towards zero.
 *
 * @param rate λ, at least 0
 * @param isDecoupled whether a step of size η multiplies the weights by 1 − ηλ, beside Adam and
 *     untouched by its scaling; else λθ is added to the gradient. Source of the former: Loshchilov
 *     and Hutter, "Decoupled Weight Decay Regularization" (ICLR 2019), algorithm 2.
 */
public record WeightDecay(double rate, boolean isDecoupled) {
  /** An L2 penalty: its slope is part of the gradient. */
  public static WeightDecay coupled(double rate) {
    return new WeightDecay(rate, false);
  }

  /** A shrinking beside the gradient, as in {@code torch.optim.AdamW}. */
  public static WeightDecay decoupled(double rate) {
    return new WeightDecay(rate, true);
  }
}
