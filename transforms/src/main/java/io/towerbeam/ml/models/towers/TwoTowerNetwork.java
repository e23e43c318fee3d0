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
import io.towerbeam.ml.models.training.RowParts;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A user embedding and an item tower, trained to tell each interaction's item from items drawn at
 * random by the cosine of the two vectors.
 *
 * <p>The item tower runs once per batch over the distinct items, whose vectors the pairs then
 * share: the same function as once per pair, for a third of the work. So dropout is drawn per item
 * and batch, not per pair. Not thread-safe.
 */
final class TwoTowerNetwork implements Network {
  static final String USER_EMBEDDING = "user_embedding";

  private final InteractionMatrix interactions;
  private final EmbeddingTable userEmbedding;
  private final ItemTower itemTower;
  private final PairCosines cosines;
  private final int negatives;
  private final PairSampler sampler;
  private final ItemSlots itemSlots;
  private final NDArray itemFeatures;
  private final DropoutMask mask;
  private final List<HostBuffer> masks =
      List.of(new HostBuffer(), new HostBuffer(), new HostBuffer());
  private final HostBuffer users = new HostBuffer();
  private final HostBuffer items = new HostBuffer();

  /**
   * @param manager owns the item features as long as the network is in use
   * @param itemFeatures (I, F) float32
   * @param parts the threads for what is done on the host
   */
  TwoTowerNetwork(
      NDManager manager,
      InteractionMatrix interactions,
      FloatMatrix itemFeatures,
      TwoTowerParameters parameters,
      RowParts parts) {
    this.interactions = interactions;
    this.userEmbedding =
        new EmbeddingTable(USER_EMBEDDING, interactions.userCount(), parameters.embeddingDim());
    this.itemTower = new ItemTower(itemFeatures.columns(), parameters.embeddingDim());
    this.cosines = new PairCosines(parameters.embeddingDim(), parameters.loss(), parts);
    this.negatives = parameters.negatives();
    this.sampler = new PairSampler(interactions, negatives);
    this.itemSlots = new ItemSlots(interactions.itemCount());
    this.mask = new DropoutMask(parameters.dropout());
    this.itemFeatures =
        manager.create(
            itemFeatures.values(), new Shape(itemFeatures.rows(), itemFeatures.columns()));
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
  public List<NamedArray> initialParameters(long seed) {
    CounterRandom random = CounterRandom.of(seed);
    List<NamedArray> parameters = new ArrayList<>();
    parameters.add(userEmbedding.initialParameters(random));
    parameters.addAll(itemTower.initialParameters(random));
    return parameters;
  }

  @Override
  public LossAndGradient lossAndGradient(Parameters parameters, TrainingBatch batch) {
    NDManager manager = batch.manager();
    PairSampler.Pairs pairs = sampler.sample(batch.rows(), batch.random());
    ItemSlots.Numbered numbered = itemSlots.number(pairs.items());
    NDArray itemIndexes = items.indexes(manager, numbered.items(), numbered.itemCount());
    NDArray userIndexes = users.indexes(manager, pairs.users(), batch.size());

    // (items, F) → (items, D)
    ItemTower.Pass tower =
        itemTower.forward(
            parameters,
            EmbeddingTable.gather(itemFeatures, itemIndexes),
            Dropout.drawnInPlace(mask, batch.random(), masks));
    NDArray userVectors = userEmbedding.forward(parameters, userIndexes); // (B, D)
    float loss = cosines.loss(userVectors, tower.vectors(), numbered.slots());

    NDArray userSlopes = cosines.userSlopes(manager);
    NDList gradient = new NDList(userEmbedding.slopes(users, pairs.users(), userSlopes).flatten());
    gradient.addAll(tower.slopes(cosines.itemSlopes(manager), mask.keptScale()));
    return new LossAndGradient(loss, NDArrays.concat(gradient));
  }
}
