package io.towerbeam.benchmarks;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.random.CounterRandom;

/** Invented data of the sizes of MovieLens-1M's train side, and the sizes of a training step. */
public final class Shapes {
  public static final int USERS = 5_392;
  public static final int ITEMS = 3_662;
  public static final int INTERACTIONS = 800_142;
  public static final int BATCH = 2_048;
  public static final int NEGATIVES = 4;

  /** Distinct items in a batch of five per row; the mean of 50 batches of the real data. */
  public static final int BATCH_ITEMS = 3_392;

  public static final int FEATURES = 34;
  public static final int DIM = 32;
  public static final int K = 10;

  private Shapes() {}

  /** Users with a like number of items each, which are drawn evenly. */
  public static InteractionMatrix interactions() {
    CounterRandom random = CounterRandom.of(1);
    int[] offsets = new int[USERS + 1];
    for (int user = 1; user <= USERS; user++) {
      offsets[user] = (int) ((long) INTERACTIONS * user / USERS);
    }
    return new InteractionMatrix(USERS, ITEMS, offsets, below(ITEMS, INTERACTIONS, random));
  }

  /** (rows, columns) float32 of N(0, 1). */
  public static FloatMatrix gaussians(int rows, int columns) {
    return new FloatMatrix(rows, columns, CounterRandom.of(2).gaussians(rows * columns, 1));
  }

  /** (size) whole numbers from 0 to below {@code bound}. */
  public static int[] below(int bound, int size, CounterRandom random) {
    int[] drawn = new int[size];
    for (int i = 0; i < size; i++) {
      drawn[i] = random.nextInt(bound);
    }
    return drawn;
  }
}
