package io.towerbeam.ml.models.ncf;

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
import io.towerbeam.ml.models.training.PairLoss;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingStage;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Neural matrix factorisation: a user and an item meet in an elementwise product and in a small
 * network, of whose outputs a linear layer makes the score. Which loss is lowered is said by the
 * subclasses.
 *
 * <p>Must fit in memory: the interactions, and some 7 float32 values per coordinate of a user's and
 * an item's embeddings. Source: He et al., "Neural Collaborative Filtering" (WWW 2017), NeuMF.
 */
abstract class NeuralCollaborativeFiltering implements RankingModelProvider {
  /** This does not change what is learnt. */
  private static final String NOT_IN_FINGERPRINT = "checkpointSeconds";

  /** What is lowered. */
  abstract PairLoss loss(ParameterValues parameters);

  @Override
  public List<ModelParameter> parameters() {
    return NcfParameters.declare();
  }

  @Override
  public final boolean needsAccelerator() {
    return true;
  }

  @Override
  public final long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    NcfParameters settings = NcfParameters.of(parameters, loss(parameters));
    long width = new NeuralScore(settings.embeddingDim()).embeddingWidth();
    // On the device: value, gradient, two moments, three of work. On the heap: a checkpoint's
    // three, its file and its records.
    long embeddings = (size.users() + size.items()) * width * Float.BYTES * (7 + 3 * 3);
    long interactions = size.interactions() * 3 * Integer.BYTES;
    long pairs = settings.training().batchSize() * (1L + settings.negatives());
    return embeddings + interactions + pairs * (16 * width * Float.BYTES + 32);
  }

  @Override
  public final FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    Torch.device(context.device(), context.requireGpu()); // refuses before anything is read
    NcfParameters settings = NcfParameters.of(parameters, loss(parameters));
    InteractionMatrix interactions = data.interactions();
    DataChecks.requireInteractions(interactions);
    List<NamedArray> learnt =
        TrainingStage.train(
            context,
            settings.training(),
            fingerprint(interactions, parameters, context.seed()),
            manager -> new NcfNetwork(manager, interactions, settings));
    return new NcfModel(learnt);
  }

  private String fingerprint(InteractionMatrix interactions, ParameterValues values, long seed) {
    Map<String, Object> learning = values.asMap();
    learning.remove(NOT_IN_FINGERPRINT);
    return new Fingerprint()
        .add(name() + " " + learning + " seed " + seed)
        .add(interactions.offsets())
        .add(interactions.items())
        .toHex();
  }

  @Override
  public final FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return NcfModel.load(files);
  }
}
