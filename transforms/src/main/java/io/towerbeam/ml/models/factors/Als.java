package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.TrainingData;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.Fingerprint;
import io.towerbeam.ml.models.training.Float64;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Implicit alternating least squares: the score of user u and item i is x_u · y_i, and the vectors
 * make Σ c_ui·(p_ui − x_u·y_i)² + λ·(Σ |x_u|² + Σ |y_i|²) small, where p is the binary matrix, all
 * its zeros included. An unobserved pair has the confidence c_ui = 1. An observed one has c_ui = α,
 * as it was published, or with {@code confidence=standard} c_ui = 1 + α, as in the paper.
 *
 * <p>Each iteration solves for the users, then for the items, by a few steps of conjugate gradients
 * from where they stand; the start is drawn evenly from 0 to .01. Must fit in memory: the
 * interactions, 20 bytes each, 36·F bytes for each user and item, and up to 8 factors F + F·(F +
 * 1)/2 float64 for each row of the larger side.
 *
 * <p>After an iteration a checkpoint is written if {@code checkpointSeconds} have passed since the
 * last. A fit that was killed goes on from there and ends in the same factors, bit for bit.
 *
 * <p>Source: Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets" (ICDM
 * 2008); for the steps see {@link ConjugateGradient}.
 */
public final class Als implements RankingModelProvider {
  @Override
  public String name() {
    return "als";
  }

  @Override
  public String description() {
    return "product of user and item factors fitted by implicit alternating least squares";
  }

  @Override
  public List<ModelParameter> parameters() {
    List<ModelParameter> parameters = new ArrayList<>(AlsSettings.declare());
    parameters.add(Checkpoints.declareSeconds("iterations"));
    return parameters;
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    int factors = AlsSettings.of(parameters).factors();
    long larger = Math.max(size.users(), size.items());
    long table =
        NormalEquations.sumsProducts(larger, factors)
            ? larger * SummedEquations.width(factors) * Double.BYTES
            : 0;
    // A checkpoint is there twice, as arrays and as what is written.
    long perCoordinate = Double.BYTES + Float.BYTES + 2L * Float64.bytesPerValue();
    long vectors = (size.users() + size.items()) * factors * perCoordinate;
    return size.interactions() * 5 * Integer.BYTES + vectors + table;
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    AlsSettings settings = AlsSettings.of(parameters);
    InteractionMatrix positives = data.interactions().distinct();
    int userCount = positives.userCount();
    int itemCount = positives.itemCount();
    if (positives.size() == 0) {
      throw new ModelFitException("there are no interactions to fit");
    }
    if ((long) Math.max(userCount, itemCount) * settings.factors() > Integer.MAX_VALUE) {
      throw new ModelFitException(
          "%d users and %d items of %d factors are more than an array holds"
              .formatted(userCount, itemCount, settings.factors()));
    }
    Checkpoints checkpoints =
        new Checkpoints(
            context.files(),
            parameters.getDouble(Checkpoints.SECONDS),
            () -> fingerprint(positives, parameters, context.seed()));
    AlsFactors factors = AlsStage.fit(positives, settings, context, checkpoints);
    return usable(factors, userCount, itemCount);
  }

  private String fingerprint(InteractionMatrix positives, ParameterValues values, long seed) {
    Map<String, Object> learning = values.asMap();
    learning.remove(Checkpoints.SECONDS);
    return new Fingerprint()
        .add(name() + " " + learning + " seed " + seed)
        .add(positives.offsets())
        .add(positives.items())
        .toHex();
  }

  private static AlsModel usable(AlsFactors factors, int userCount, int itemCount)
      throws ModelFitException {
    AlsSettings settings = factors.settings();
    AlsModel model =
        new AlsModel(
            FactorModel.rounded(userCount, settings.factors(), factors.users()),
            FactorModel.rounded(itemCount, settings.factors(), factors.items()),
            settings);
    String fault = model.fault().orElse(null);
    if (fault != null) {
      throw new ModelFitException(fault);
    }
    return model;
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return AlsModel.load(files, AlsSettings.of(ParameterValues.of(artifact.getParameters())));
  }
}
