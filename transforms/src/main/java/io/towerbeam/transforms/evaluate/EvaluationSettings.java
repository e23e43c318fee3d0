package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.metrics.Resampling;
import java.io.Serializable;
import java.util.List;

/**
 * What sums are made of.
 *
 * @param cutoffs the values of k
 * @param resampling how users are resampled
 */
record EvaluationSettings(List<Integer> cutoffs, Resampling resampling) implements Serializable {}
