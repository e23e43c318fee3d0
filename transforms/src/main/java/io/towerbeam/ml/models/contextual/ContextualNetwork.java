package io.towerbeam.ml.models.contextual;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.contextual.CausalExamples.Example;
import io.towerbeam.ml.models.training.DifferentiatedNetwork;
import io.towerbeam.ml.models.training.EmbeddingTable;
import io.towerbeam.ml.models.training.HostBuffer;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingBatch;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The two towers, trained to tell what a user took after a history from all other items. A training
 * row is a user, of whom each epoch draws one example. Not thread-safe.
 */
final class ContextualNetwork implements DifferentiatedNetwork {
  private final ContextualParameters parameters;
  private final ContextualTowers towers;
  private final CausalExamples examples;
  private final ContextualBatch matrices;
  private final ItemPrior prior;
  private final NDArray content;
  private final HostBuffer historyIndexes = new HostBuffer();
  private final HostBuffer softmaxIndexes = new HostBuffer();

  /**
   * @param manager owns the items' content as long as the network is in use
   * @param prior what the item biases start at
   * @param content (I, F) float32
   */
  ContextualNetwork(
      NDManager manager,
      CausalExamples examples,
      ItemPrior prior,
      FloatMatrix content,
      ContextualParameters parameters) {
    this.parameters = parameters;
    this.examples = examples;
    this.prior = prior;
    towers = new ContextualTowers(content.columns(), parameters.embeddingDim());
    InteractionMatrix interactions = examples.interactions();
    SoftmaxItems softmaxItems =
        interactions.itemCount() <= parameters.fullSoftmaxItems()
            ? SoftmaxItems.all(interactions.itemCount())
            : SoftmaxItems.sampled(interactions.itemCounts(), parameters.sampledItems());
    matrices = new ContextualBatch(examples, parameters, softmaxItems);
    this.content =
        Torch.create(manager, content.values(), new Shape(content.rows(), content.columns()));
  }

  @Override
  public int rows() {
    return examples.size();
  }

  @Override
  public int pairsPerRow() {
    return 1;
  }

  @Override
  public List<NamedArray> initialParameters(long seed) {
    List<NamedArray> arrays = towers.initialParameters(CounterRandom.of(seed), prior.biases());
    if (parameters.factorLength() > 0) {
      FactorStart start = FactorStart.of(examples.interactions(), parameters);
      arrays.replaceAll(start::addedTo);
    }
    return arrays;
  }

  @Override
  public NDArray loss(Parameters learnt, TrainingBatch batch) {
    List<Example> drawn = new ArrayList<>();
    for (int row : batch.rows()) {
      drawn.add(examples.draw(row, batch.random()));
    }
    return loss(learnt, drawn, batch);
  }

  /**
   * The mean over the targets t of all examples of −log softmax(score)_t, where the softmax runs
   * over the items that are not in the example's history.
   */
  NDArray loss(Parameters learnt, List<Example> drawn, TrainingBatch batch) {
    NDManager manager = batch.manager();
    matrices.take(drawn, batch.random());
    NDArray historyVectors = historyVectors(learnt, manager); // (n, D)
    NDArray bags = matrices.bags(manager, batch.random()).matMul(historyVectors); // (B, D)
    NDArray users = towers.users(learnt, bags, matrices.contexts(manager)); // (B, D + K)
    NDArray items = softmaxItems(learnt, manager); // (m, D + K)
    NDArray scores = users.matMul(items.transpose()).add(matrices.offsets(manager)); // (B, m)
    return scores.logSoftmax(1).mul(matrices.targets(manager)).sum().neg();
  }

  private NDArray historyVectors(Parameters learnt, NDManager manager) {
    ItemColumns columns = matrices.historyItems();
    NDArray table = learnt.get(ContextualTowers.HISTORY_TABLE);
    if (columns.isAll()) {
      return towers.historyVectors(learnt, table, content);
    }
    NDArray indexes = historyIndexes.indexes(manager, columns.items(), columns.size());
    return towers.historyVectors(
        learnt, EmbeddingTable.gather(table, indexes), EmbeddingTable.gather(content, indexes));
  }

  private NDArray softmaxItems(Parameters learnt, NDManager manager) {
    ItemColumns columns = matrices.softmaxItems();
    NDArray table = learnt.get(ContextualTowers.ITEM_TABLE);
    NDArray bias = learnt.get(ContextualTowers.ITEM_BIAS);
    if (columns.isAll()) {
      return towers.items(learnt, table, bias, content);
    }
    NDArray indexes = softmaxIndexes.indexes(manager, columns.items(), columns.size());
    return towers.items(
        learnt,
        EmbeddingTable.gather(table, indexes),
        EmbeddingTable.gather(bias, indexes),
        EmbeddingTable.gather(content, indexes));
  }
}
