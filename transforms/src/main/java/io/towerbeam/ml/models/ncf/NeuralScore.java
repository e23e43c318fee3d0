package io.towerbeam.ml.models.ncf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import io.towerbeam.ml.models.training.DenseLayer;
import io.towerbeam.ml.models.training.Dropout;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.Parameters;
import io.towerbeam.ml.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a score of a user's and an item's embedding, each of 2·D coordinates: the first D meet
 * in an elementwise product (GMF), the others go side by side through dense layers of 2·D and D
 * outputs (MLP); one linear output sees both. The score is the logit: its sigmoid is the
 * probability.
 *
 * <p>Dropout stands before each dense layer: of the places it may have, the one that came nearest
 * to the published lists.
 *
 * @param dim D
 */
record NeuralScore(int dim) {
  /** Width of the embedding that this takes. */
  int embeddingWidth() {
    return 2 * dim;
  }

  DenseLayer wideLayer() {
    return new DenseLayer("mlp.0", 2 * dim, 2 * dim);
  }

  DenseLayer narrowLayer() {
    return new DenseLayer("mlp.1", 2 * dim, dim);
  }

  DenseLayer outputLayer() {
    return new DenseLayer("output", 2 * dim, 1);
  }

  List<NamedArray> initialParameters(CounterRandom random) {
    List<NamedArray> parameters = new ArrayList<>();
    parameters.addAll(wideLayer().initialParameters(random));
    parameters.addAll(narrowLayer().initialParameters(random));
    parameters.addAll(outputLayer().initialParameters(random));
    return parameters;
  }

  /**
   * The scores, (B, P) float32, of P items for each of B users.
   *
   * @param users (B, 2·D) float32
   * @param items (B, P, 2·D) float32
   * @param dropout masks what each of the two dense layers takes in; none outside training
   */
  NDArray forward(Parameters parameters, NDArray users, NDArray items, Dropout dropout) {
    NDList user = users.expandDims(1).split(new long[] {dim}, 2);
    NDList item = items.split(new long[] {dim}, 2);
    // (B, 1, D) · (B, P, D) → (B, P, D)
    NDArray product = user.get(0).mul(item.get(0));
    // (B, P, D), (B, P, D) → (B, P, 2·D) → (B, P, 2·D) → (B, P, D)
    NDArray hidden = user.get(1).broadcast(item.get(1).getShape()).concat(item.get(1), 2);
    hidden = Activation.relu(wideLayer().forward(parameters, dropout.apply(hidden, 0)));
    hidden = Activation.relu(narrowLayer().forward(parameters, dropout.apply(hidden, 1)));
    return outputLayer().forward(parameters, product.concat(hidden, 2)).squeeze(2);
  }
}
