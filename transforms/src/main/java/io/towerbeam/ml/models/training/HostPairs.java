package io.towerbeam.ml.models.training;

import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.data.InteractionMatrix;
import java.util.ArrayList;
import java.util.List;

/** Draws pairs and masks on the host: the same ones on every machine. */
final class HostPairs implements PairSource {
  private final PairSampler sampler;
  private final DropoutMask mask;
  private final List<HostBuffer> masks = new ArrayList<>();
  private final HostBuffer users = new HostBuffer();
  private final HostBuffer items = new HostBuffer();

  HostPairs(InteractionMatrix interactions, int negatives, double dropout) {
    sampler = new PairSampler(interactions, negatives);
    mask = new DropoutMask(dropout);
  }

  @Override
  public Pairs draw(TrainingBatch batch) {
    NDManager manager = batch.manager();
    PairSampler.Pairs pairs = sampler.sample(batch.rows(), batch.random());
    return new Pairs(
        users.indexes(manager, pairs.users(), batch.size()),
        items.indexes(manager, pairs.items(), batch.size(), pairs.items().length / batch.size()),
        Dropout.drawn(mask, batch.random(), masks));
  }

  @Override
  public int stepsAtOnce() {
    return 1;
  }
}
