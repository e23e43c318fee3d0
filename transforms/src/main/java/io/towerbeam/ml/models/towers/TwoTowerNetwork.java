package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.training.Dropout;
import io.towerbeam.ml.models.training.DropoutMask;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.LossAndGradient;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.Network;
import io.towerbeam.ml.models.training.PairSampler;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.models.training.TrainingThreads;
import io.towerbeam.ml.models.training.TrainingThreads.Rows;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A user embedding and an item tower, trained to tell each interaction's item from items drawn at
 * random by the cosine of the two vectors.
 *
 * <p>The item tower runs once per batch over the distinct items, whose vectors the pairs then
 * share: the same function as once per pair, for a third of the work. So dropout is drawn per item
 * and batch, not per pair. Not thread-safe.
 */
final class TwoTowerNetwork implements Network {
  private final InteractionMatrix interactions;
  private final HybridTowers towers;
  private final PairCosines cosines;
  private final int negatives;
  private final double dropout;
  private final PairSampler sampler;
  private final ItemSlots itemSlots;
  private final NDArray itemFeatures;
  private final TrainingThreads threads;
  private final List<Share> shares;
  private final float[] tableSlopes;

  /**
   * @param manager owns the item features as long as the network is in use
   * @param itemFeatures (I, F) float32
   * @param threads among which a step is split
   */
  TwoTowerNetwork(
      NDManager manager,
      InteractionMatrix interactions,
      FloatMatrix itemFeatures,
      TwoTowerParameters parameters,
      TrainingThreads threads) {
    this.interactions = interactions;
    this.towers = HybridTowers.of(interactions, itemFeatures, parameters);
    this.cosines = new PairCosines(parameters.embeddingDim(), parameters.loss(), threads.count());
    this.negatives = parameters.negatives();
    this.sampler = new PairSampler(interactions, negatives);
    this.itemSlots = new ItemSlots(interactions.itemCount());
    this.dropout = parameters.dropout();
    this.itemFeatures =
        manager.create(
            itemFeatures.values(), new Shape(itemFeatures.rows(), itemFeatures.columns()));
    this.tableSlopes = new float[Math.multiplyExact(towers.users().rows(), towers.users().dim())];
    this.threads = threads;
    this.shares = IntStream.range(0, threads.count()).mapToObj(Share::new).toList();
  }

  @Override
  public int rows() {
    return interactions.size();
  }

  @Override
  public int pairsPerRow() {
    return 1 + negatives;
  }

  @Override
  public TrainingThreads threads() {
    return threads;
  }

  @Override
  public List<NamedArray> initialParameters(long seed) {
    return towers.initialParameters(seed);
  }

  @Override
  public LossAndGradient lossAndGradient(Parameters parameters, TrainingBatch batch) {
    PairSampler.Pairs pairs = sampler.sample(batch.rows(), batch.random());
    ItemSlots.Numbered items = itemSlots.number(pairs.items());
    cosines.users().resize(batch.size());
    cosines.items().resize(items.itemCount());
    shares.forEach(share -> share.begin(batch, items.itemCount()));
    threads.forEach(share -> shares.get(share).forward(parameters, pairs.users(), items.items()));
    threads.forEach(share -> shares.get(share).comparePairs(items.slots()));
    threads.forEach(share -> shares.get(share).backward(pairs.users()));

    NDList gradient = new NDList();
    shares.forEach(share -> gradient.add(share.tablePart));
    gradient.add(
        shares.stream().map(share -> share.towerSlopes).reduce(NDArray::addi).orElseThrow());
    double loss = shares.stream().mapToDouble(share -> share.loss).sum();
    return new LossAndGradient(batch.manager().create((float) loss), NDArrays.concat(gradient));
  }

  /**
   * What one of the threads does of each step: a part of the batch's items, and one of its users.
   */
  private final class Share {
    private final int number;
    private final DropoutMask mask = new DropoutMask(dropout);
    private final List<HostBuffer> masks = new ArrayList<>();
    private final HostBuffer userIndexes = new HostBuffer();
    private final HostBuffer itemIndexes = new HostBuffer();
    private final HostBuffer itemSlopes = new HostBuffer();
    private final HostBuffer userSlopes = new HostBuffer();
    private NDManager manager;
    private CounterRandom random;
    private Rows users;
    private Rows items;
    private ItemTower.Pass tower;
    private double loss;
    private NDArray towerSlopes;
    private NDArray tablePart;

    Share(int number) {
      this.number = number;
    }

    void begin(TrainingBatch batch, int itemCount) {
      manager = batch.manager();
      random = number == 0 ? batch.random() : batch.random().split();
      users = threads.rows(number, batch.size());
      items = threads.rows(number, itemCount);
    }

    /** The vectors of the share's users and items. */
    void forward(Parameters parameters, int[] batchUsers, int[] batchItems) {
      NDArray features =
          EmbeddingTable.gather(itemFeatures, indexes(itemIndexes, batchItems, items));
      // (items, F) → (items, D)
      tower =
          towers.items().forward(parameters, features, Dropout.drawnInPlace(mask, random, masks));
      cosines.items().take(items, tower.vectors());
      cosines
          .users()
          .take(users, towers.users().forward(parameters, indexes(userIndexes, batchUsers, users)));
    }

    private NDArray indexes(HostBuffer memory, int[] all, Rows rows) {
      return memory.indexes(manager, Arrays.copyOfRange(all, rows.from(), rows.to()), rows.count());
    }

    /** The loss of the share's users beside their items. */
    void comparePairs(int[] slots) {
      loss = cosines.loss(users, pairsPerRow(), slots, number);
      cosines.users().turnSlopes(users);
    }

    /** The slopes in the tower by the share's items, and those in a part of the user table. */
    void backward(int[] batchUsers) {
      int dim = towers.users().dim();
      cosines.items().turnSlopes(items);
      NDArray slopes =
          itemSlopes.floats(
              manager, cosines.items().slopes(0), items.from() * dim, items.count(), dim);
      towerSlopes = NDArrays.concat(tower.slopes(slopes, mask.keptScale()));
      Rows part = threads.rows(number, towers.users().rows());
      sumSlopes(batchUsers, part);
      tablePart = userSlopes.floats(manager, tableSlopes, part.from() * dim, part.count() * dim);
    }

    /** A user's slopes are the sum of those of its rows in the batch. */
    private void sumSlopes(int[] batchUsers, Rows part) {
      int dim = towers.users().dim();
      Arrays.fill(tableSlopes, part.from() * dim, part.to() * dim, 0);
      for (int b = 0; b < batchUsers.length; b++) {
        int user = batchUsers[b];
        if (user >= part.from() && user < part.to()) {
          FloatRows.add(tableSlopes, user * dim, cosines.users().slopes(0), b * dim, 1, dim);
        }
      }
    }
  }
}
