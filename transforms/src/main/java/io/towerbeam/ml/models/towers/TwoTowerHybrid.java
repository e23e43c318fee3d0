package io.towerbeam.ml.models.towers;

import ai.djl.ndarray.NDManager;
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
import io.towerbeam.ml.models.training.DevicePairs;
import io.towerbeam.ml.models.training.Fingerprint;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.Network;
import io.towerbeam.ml.models.training.PairSource;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.models.training.TrainingStage;
import io.towerbeam.ml.models.training.TrainingThreads;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Two towers that meet in a product: a user is an embedding, an item is what a small network makes
 * of its features, so that an item without interactions has a vector too.
 *
 * <p>Trained on the cosine of the two vectors, by default with cross-entropy of each interaction
 * against four items drawn at random; scores by the plain product (parameter {@code scoring}). Must
 * fit in memory: the interactions, and some 7 float32 values per coordinate of a user's vector.
 */
public class TwoTowerHybrid implements RankingModelProvider {
  /** These do not change what is learnt. */
  private static final List<String> NOT_IN_FINGERPRINT = List.of("scoring", "checkpointSeconds");

  @Override
  public String name() {
    return "two-tower-hybrid";
  }

  @Override
  public String description() {
    return "product of a user embedding and a vector made of the item's features";
  }

  @Override
  public List<ModelParameter> parameters() {
    return TwoTowerParameters.declare(defaultLoss());
  }

  @Override
  public boolean needsAccelerator() {
    return true;
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    TwoTowerParameters settings = TwoTowerParameters.of(parameters);
    long dim = settings.embeddingDim();
    // On the device: value, gradient, two moments, three of work. On the heap: a checkpoint's
    // three, its file and its records, and the slopes.
    long users = size.users() * dim * Float.BYTES * (7 + 3 * 3 + 1);
    long items = size.items() * (2 * size.itemFeatures() + 3 * dim + 2) * Float.BYTES;
    long interactions = size.interactions() * 3 * Integer.BYTES;
    long pairs = settings.training().batchSize() * (1L + settings.negatives());
    long activations = Math.min(pairs, size.items()) * ItemTower.hiddenWidth() * 8 * Float.BYTES;
    return users + items + interactions + activations + pairs * (6 * dim * Float.BYTES + 32);
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    Torch.device(context.device(), context.requireGpu()); // refuses before anything is read
    TwoTowerParameters settings = TwoTowerParameters.of(parameters);
    InteractionMatrix interactions = data.interactions();
    FloatMatrix features = data.itemFeatures();
    DataChecks.requireContent(interactions, features);
    List<NamedArray> learnt =
        TrainingStage.train(
            context,
            settings.training(),
            fingerprint(interactions, features, parameters, context.seed()),
            manager -> network(manager, interactions, features, settings, context.threads()));
    return TwoTowerModel.of(learnt, features, settings.scoring());
  }

  private static Network network(
      NDManager manager,
      InteractionMatrix interactions,
      FloatMatrix features,
      TwoTowerParameters settings,
      int threads) {
    if (manager.getDevice().isGpu()) {
      PairSource source =
          new DevicePairs(manager, interactions, settings.negatives(), settings.dropout());
      return new DeviceTwoTowerNetwork(manager, interactions, features, settings, source);
    }
    return new TwoTowerNetwork(
        manager, interactions, features, settings, new TrainingThreads(threads));
  }

  private String fingerprint(
      InteractionMatrix interactions, FloatMatrix features, ParameterValues parameters, long seed) {
    Map<String, Object> learning = parameters.asMap();
    NOT_IN_FINGERPRINT.forEach(learning::remove);
    return new Fingerprint()
        .add(name() + " " + learning + " seed " + seed)
        .add(interactions.offsets())
        .add(interactions.items())
        .add(features.values())
        .toHex();
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    ParameterValues parameters = ParameterValues.of(artifact.getParameters());
    return TwoTowerModel.load(files, TwoTowerParameters.scoring(parameters));
  }

  /** What is lowered unless the parameter {@code loss} says otherwise. */
  String defaultLoss() {
    return "bce";
  }

  /** The same model, but by default trained to rank each interaction above what is drawn. */
  public static final class Bpr extends TwoTowerHybrid {
    @Override
    public String name() {
      return "two-tower-hybrid-bpr";
    }

    @Override
    public String description() {
      return "the two-tower-hybrid trained by pairwise ranking";
    }

    @Override
    String defaultLoss() {
      return "bpr";
    }
  }
}
