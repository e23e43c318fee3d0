package io.towerbeam.ml.models.ncf;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import io.towerbeam.ml.models.training.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Users and items as embeddings, scored by a small network. A score is the logit: the sigmoid would
 * keep the order, but make equal what it rounds to 1.
 *
 * <p>The first layer is linear in user and item, so each one's part is computed but once; what
 * follows is computed per pair, for some users at a time: beside the scores, that takes some 10 MB,
 * or 5·D float32 values an item where there are more than 65,536 items.
 *
 * <p>A user whom the model has not seen (index −1) is scored with an embedding of zeros. Safe for
 * use by many threads. Must fit in memory: the embeddings of all users and, twice, of all items.
 */
final class NcfModel implements FittedModel {
  private static final String FILE = "parameters.avro";

  /** How many pairs are scored at a time. */
  private static final int PAIRS_AT_ONCE = 65_536;

  private final List<NamedArray> parameters;
  private final NamedArray users;
  private final int itemCount;
  private final int dim;
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final NDArray itemProducts;
  private final NDArray itemHidden;
  private final NDArray userWeight;
  private final NDArray narrowWeight;
  private final NDArray narrowBias;
  private final NDArray outputWeight;
  private final NDArray outputBias;

  NcfModel(List<NamedArray> parameters) {
    this.parameters = parameters;
    users = NamedArray.find(parameters, NcfNetwork.USER_EMBEDDING);
    itemCount = (int) NamedArray.find(parameters, NcfNetwork.ITEM_EMBEDDING).shape()[0];
    dim = (int) users.shape()[1] / 2;
    NeuralScore score = new NeuralScore(dim);
    narrowWeight = lasting(matrix(score.narrowLayer().weightName()).transpose()); // (2·D, D)
    narrowBias = matrix(score.narrowLayer().biasName()); // (D)
    outputBias = matrix(score.outputLayer().biasName()); // (1)
    NDList output = matrix(score.outputLayer().weightName()).split(new long[] {dim}, 1);
    outputWeight = lasting(output.get(1).transpose()); // (D, 1)
    NDList wide = matrix(score.wideLayer().weightName()).split(new long[] {dim}, 1);
    userWeight = lasting(wide.get(0).transpose()); // (D, 2·D)
    NDList items = matrix(NcfNetwork.ITEM_EMBEDDING).split(new long[] {dim}, 1);
    itemProducts = lasting(items.get(0).mul(output.get(0)).transpose()); // (D, I)
    itemHidden = // (I, 2·D)
        items
            .get(1)
            .duplicate()
            .matMul(lasting(wide.get(1).transpose()))
            .add(matrix(score.wideLayer().biasName()));
  }

  static NcfModel load(ModelFiles files) throws IOException {
    try (InputStream in = files.open(FILE)) {
      return new NcfModel(TensorFile.readFrom(in).arrays());
    }
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    files.write(FILE, new TensorFile(parameters, Map.of())::writeTo);
    Checkpoints.deleteAll(files);
  }

  @Override
  public boolean knows(UserHistory user) {
    return user.userIndex() >= 0;
  }

  @Override
  public FloatMatrix score(List<UserHistory> histories) {
    float[] scores = new float[Math.multiplyExact(histories.size(), itemCount)];
    int usersAtOnce = Math.max(1, PAIRS_AT_ONCE / Math.max(1, itemCount));
    // Scores must not differ by the threads that a machine has; callers spread users over threads.
    Torch.useThreads(1);
    for (int from = 0; from < histories.size(); from += usersAtOnce) {
      int to = Math.min(from + usersAtOnce, histories.size());
      try (NDManager call = manager.newSubManager()) {
        float[] part = score(call, histories.subList(from, to)).toFloatArray();
        System.arraycopy(part, 0, scores, from * itemCount, part.length);
      }
    }
    return new FloatMatrix(histories.size(), itemCount, scores);
  }

  /** The scores of all I items for B users, (B, I) float32. */
  private NDArray score(NDManager call, List<UserHistory> histories) {
    Shape userShape = new Shape(histories.size(), dim);
    NDArray userProducts = Torch.create(call, userCoordinates(histories, 0), userShape);
    NDArray userHidden =
        Torch.create(call, userCoordinates(histories, dim), userShape).matMul(userWeight);
    NDArray wide = // (B, 1, 2·D) + (I, 2·D) → (B·I, 2·D)
        Activation.relu(userHidden.expandDims(1).add(itemHidden)).reshape(-1, 2L * dim);
    NDArray narrow = Activation.relu(wide.matMul(narrowWeight).addi(narrowBias)); // (B·I, D)
    return narrow
        .matMul(outputWeight)
        .reshape(histories.size(), itemCount)
        .addi(userProducts.matMul(itemProducts))
        .addi(outputBias);
  }

  /** D coordinates of each user's embedding, from the {@code first} on. */
  private float[] userCoordinates(List<UserHistory> histories, int first) {
    float[] coordinates = new float[histories.size() * dim];
    for (int i = 0; i < histories.size(); i++) {
      int user = histories.get(i).userIndex();
      if (user >= 0) {
        System.arraycopy(users.values(), user * 2 * dim + first, coordinates, i * dim, dim);
      }
    }
    return coordinates;
  }

  /** Frees the arrays that scoring uses. */
  @Override
  public void close() {
    manager.close();
  }

  private NDArray matrix(String name) {
    NamedArray array = NamedArray.find(parameters, name);
    return Torch.create(manager, array.values(), new Shape(array.shape()));
  }

  /** A copy in row-major order, in memory of its own. */
  private static NDArray lasting(NDArray view) {
    return view.duplicate();
  }
}
