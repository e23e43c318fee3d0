package io.towerbeam.ml.models.training;

import java.util.List;

/**
 * What a model brings to its training: arrays to learn, and a loss to lower. Used by one thread,
 * the one that trains.
 */
public interface Network {
  /** How many training examples there are: rows 0 to {@code rows} − 1. */
  int rows();

  /** Training pairs that one row makes, sampled negatives included. */
  int pairsPerRow();

  /** The arrays to learn at their start: a function of the seed. */
  List<NamedArray> initialParameters(long seed);

  /**
   * The threads among which it splits a step. By default nothing is split, and libtorch uses as
   * many threads as the training may in each of its operations.
   */
  default TrainingThreads threads() {
    return TrainingThreads.ONE;
  }

  /**
   * How many steps may be under way at a time, before the first of their losses is read: more than
   * one where a step is queued for a GPU and computes nothing here.
   */
  default int stepsAtOnce() {
    return 1;
  }

  /**
   * The mean loss over the batch, and its gradient. Every array it makes belongs to the batch's
   * manager.
   */
  LossAndGradient lossAndGradient(Parameters parameters, TrainingBatch batch);
}
