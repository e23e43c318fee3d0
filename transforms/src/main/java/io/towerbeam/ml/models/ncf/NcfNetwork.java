package io.towerbeam.ml.models.ncf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.training.DifferentiatedNetwork;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.PairSource;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * User and item embeddings and the network that scores them, trained to tell each interaction's
 * item from items drawn at random. Dropout is drawn per pair. Not thread-safe.
 */
final class NcfNetwork implements DifferentiatedNetwork {
  static final String USER_EMBEDDING = "user_embedding";
  static final String ITEM_EMBEDDING = "item_embedding";

  private final InteractionMatrix interactions;
  private final NcfParameters parameters;
  private final NeuralScore score;
  private final EmbeddingTable userEmbedding;
  private final EmbeddingTable itemEmbedding;
  private final PairSource source;

  /**
   * @param manager owns what lasts, and is of the device
   */
  NcfNetwork(NDManager manager, InteractionMatrix interactions, NcfParameters parameters) {
    this.interactions = interactions;
    this.parameters = parameters;
    score = new NeuralScore(parameters.embeddingDim());
    int width = score.embeddingWidth();
    userEmbedding = new EmbeddingTable(USER_EMBEDDING, interactions.userCount(), width);
    itemEmbedding = new EmbeddingTable(ITEM_EMBEDDING, interactions.itemCount(), width);
    source = PairSource.on(manager, interactions, parameters.negatives(), parameters.dropout());
  }

  @Override
  public int rows() {
    return interactions.size();
  }

  @Override
  public int pairsPerRow() {
    return 1 + parameters.negatives();
  }

  @Override
  public int stepsAtOnce() {
    return source.stepsAtOnce();
  }

  @Override
  public List<NamedArray> initialParameters(long seed) {
    CounterRandom random = CounterRandom.of(seed);
    List<NamedArray> arrays = new ArrayList<>();
    arrays.add(userEmbedding.initialParameters(random));
    arrays.add(itemEmbedding.initialParameters(random));
    arrays.addAll(score.initialParameters(random));
    return arrays;
  }

  @Override
  public NDArray loss(Parameters learnt, TrainingBatch batch) {
    PairSource.Pairs pairs = source.draw(batch);
    NDArray scores = // (B, 2·D), (B, 1 + N, 2·D) → (B, 1 + N)
        score.forward(
            learnt,
            userEmbedding.forward(learnt, pairs.users()),
            itemEmbedding.forward(learnt, pairs.items()),
            pairs.dropout());
    return parameters.loss().of(scores);
  }
}
