package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.DataChecks;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.ml.models.training.Fingerprint;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingStage;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two towers that know the user by what the user took and by how long the user was away, and the
 * item by its id and its content; neither needs an id that was in training.
 *
 * <p><b>Score.</b> A user with the history rows (i, t), in the context k, and an item j with the
 * content c_j (its features) score
 *
 * <pre>
 *   s(u, j) = u · v_j + b_kj + h_k · c_j
 *   u   = z / ‖z‖ + g_k          z = Σ exp(−(t_last − t) / τ) · (p_i + L c_i)
 *   v_j = e_j + MLP(c_j)         MLP: F → 64 → D, ReLU
 * </pre>
 *
 * where p and e are two tables of D coordinates, L and the MLP make vectors of content, the bias
 * b_k starts at the logarithm of the item's popularity among users who came back as long after as k
 * says ({@link ItemPrior}), and the context k is the time since the user's last row: from 0, 1, 7,
 * 30 or 90 days on ({@link ContextBucket}). So the user tower holds nothing of the user but the
 * history (as FISM and YouTube's candidate generation), and an item that was not in training has
 * the vector and the biases that items of its content have ({@link NewItems}). The biases in the K
 * contexts stand behind an item's vector and a 1 in the column of the context behind a user's: the
 * plain product of the two embeddings, of D + K coordinates, is the score.
 *
 * <p><b>Loss.</b> The mean over targets of −log softmax(s)_target, where the softmax runs over all
 * items that are not in the history, as serving masks them; an example of n targets weighs √n by
 * default, between a mean over users and one over targets. It has no sampled negatives, whose
 * distribution a model would learn instead of the users'; from {@code fullSoftmaxItems} items on it
 * runs over the batch's targets and a sample that is corrected by −log of each item's probability
 * to be in it ({@link SoftmaxItems}).
 *
 * <p><b>Examples</b> are causal: an interaction never predicts what was before it ({@link
 * CausalExamples}). Each epoch draws one for each user, and drops a share of the history's rows at
 * random. Training starts from the vectors of a truncated SVD ({@link FactorStart}), which knows
 * what users took together and is worth more than all epochs from a random start, with L and the
 * MLP's last layer at zero, and takes a few small steps of AdamW from there: with more, or larger
 * ones, it overfits the few users who came back.
 *
 * <p><b>Serving.</b> By default a user's context is what is known when training ends: the time from
 * the user's last row to the last row of all. Parameter {@code servingContext} serves all users in
 * one context instead. A user without a history has z = 0: the scores are those of the context, and
 * such users were served a little better by plain popularity, so that the model does not claim to
 * know them.
 *
 * <p>Must fit in memory: the interactions with their times, some 18 float32 values per coordinate
 * of an item's two vectors, the SVD ({@link FactorStart#bytesNeeded}), and a batch's dense (B, I)
 * matrices, about 9 of them; with the sampled softmax I is the number of items in the batch.
 *
 * <p>Sources: Covington, Adams and Sargin, "Deep Neural Networks for YouTube Recommendations"
 * (RecSys 2016): the history as a bag, softmax over items, context; Kabbur, Ning and Karypis,
 * "FISM" (KDD 2013): two tables of item factors; Yi et al., "Sampling-Bias-Corrected Neural
 * Modeling for Large Corpus Item Recommendations" (RecSys 2019): two towers and logQ; Liang et al.,
 * "Variational Autoencoders for Collaborative Filtering" (WWW 2018): the multinomial loss and
 * dropout on the history; Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (ICLR
 * 2019).
 */
public final class ContextualTwoTower implements RankingModelProvider {
  /** These do not change what is learnt. */
  private static final List<String> NOT_IN_FINGERPRINT =
      List.of("servingContext", "checkpointSeconds");

  @Override
  public String name() {
    return "contextual-two-tower";
  }

  @Override
  public String description() {
    return "product of a user's history in its context and an item's id and content";
  }

  @Override
  public List<ModelParameter> parameters() {
    return ContextualParameters.declare();
  }

  @Override
  public boolean needsAccelerator() {
    return true;
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    ContextualParameters settings = ContextualParameters.of(parameters);
    long dim = settings.embeddingDim();
    // On the device: value, gradient, two moments, three of work. On the heap: a checkpoint's
    // three, its file and its records, and the vectors that the model keeps.
    long tables = size.items() * (2 * dim + ContextBucket.COUNT) * Float.BYTES * (7 + 3 * 3 + 2);
    long content = size.items() * 2 * size.itemFeatures() * Float.BYTES;
    long interactions = size.interactions() * (4 * Integer.BYTES + Long.BYTES);
    long users = size.users() * 3 * Integer.BYTES; // offsets, who offers an example, an order
    boolean isFull = size.items() <= settings.fullSoftmaxItems();
    long columns = isFull ? size.items() : 2L * settings.sampledItems();
    long batch = Math.min(settings.training().batchSize(), Math.max(1, size.users()));
    // Bags, targets, offsets, scores, their softmax and gradients; what the towers make of items.
    long matrices = batch * columns * 9 * Float.BYTES;
    long activations = columns * (size.itemFeatures() + 6 * dim + 4 * 64L) * Float.BYTES;
    return tables
        + content
        + interactions
        + users
        + NewItems.bytesNeeded(size.items(), size.itemFeatures(), dim)
        + Math.max(matrices + activations, FactorStart.bytesNeeded(size, (int) dim));
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    Torch.device(context.device(), context.requireGpu()); // refuses before anything is read
    ContextualParameters settings = ContextualParameters.of(parameters);
    InteractionMatrix interactions = data.interactions();
    FloatMatrix content = data.itemFeatures();
    DataChecks.requireContent(interactions, content);
    long[] times = data.times();
    CausalExamples examples = new CausalExamples(interactions, times, settings.sittingShare());
    if (examples.size() == 0) {
      throw new ModelFitException("no user has taken two items one after the other");
    }
    ItemPrior prior =
        ItemPrior.of(interactions, times, settings.returnWeight(), settings.returnSmoothing());
    List<NamedArray> learnt =
        TrainingStage.train(
            context,
            settings.training(),
            fingerprint(interactions, times, content, parameters, context.seed()),
            manager -> new ContextualNetwork(manager, examples, prior, content, settings));
    long endOfTrain = Arrays.stream(times).max().orElseThrow();
    return ContextualModel.of(
        learnt, content, data.categoryColumns(), interactions.itemCounts(), endOfTrain, settings);
  }

  private String fingerprint(
      InteractionMatrix interactions,
      long[] times,
      FloatMatrix content,
      ParameterValues parameters,
      long seed) {
    Map<String, Object> learning = parameters.asMap();
    NOT_IN_FINGERPRINT.forEach(learning::remove);
    return new Fingerprint()
        .add(name() + " " + learning + " seed " + seed)
        .add(interactions.offsets())
        .add(interactions.items())
        .add(halves(times))
        .add(content.values())
        .toHex();
  }

  /** Each time as two whole numbers, the lower half first. */
  private static int[] halves(long[] times) {
    int[] halves = new int[2 * times.length];
    for (int row = 0; row < times.length; row++) {
      halves[2 * row] = (int) times[row];
      halves[2 * row + 1] = (int) (times[row] >>> 32);
    }
    return halves;
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return ContextualModel.load(
        files, ContextualParameters.of(ParameterValues.of(artifact.getParameters())));
  }
}
