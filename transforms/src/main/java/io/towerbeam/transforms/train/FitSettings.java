package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.write.RunFiles;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What all fits of a run share.
 *
 * @param run where shards are read and models written
 * @param modelParameters the parameters given for a model, by its name
 * @param refits models to be fitted as another one was, by the name that they get: its provider,
 *     parameters and seed. Every other name is its provider's
 * @param seed the run's seed
 * @param device where tensors live
 * @param requireGpu refuse to fit without a GPU
 * @param threads threads for dense algebra, at least 1
 */
public record FitSettings(
    RunFiles run,
    Map<String, Map<String, String>> modelParameters,
    Map<String, ModelArtifact> refits,
    long seed,
    DeviceChoice device,
    boolean requireGpu,
    int threads)
    implements Serializable {

  /** Settings without refits. */
  public FitSettings(
      RunFiles run,
      Map<String, Map<String, String>> modelParameters,
      long seed,
      DeviceChoice device,
      boolean requireGpu,
      int threads) {
    this(run, modelParameters, Map.of(), seed, device, requireGpu, threads);
  }

  /** The same with a model that is fitted as another one was. */
  public FitSettings withRefit(String name, ModelArtifact like) {
    Map<String, ModelArtifact> more = new HashMap<>(refits);
    more.put(name, like);
    return new FitSettings(run, modelParameters, more, seed, device, requireGpu, threads);
  }

  /** The provider of the model of that name. */
  RankingModelProvider provider(String name) {
    ModelArtifact like = refits.get(name);
    return RankingModels.onClassPath().get(like == null ? name : like.getProvider());
  }

  /** What the model of that name is fitted with. */
  ParameterValues parameters(String name) {
    ModelArtifact like = refits.get(name);
    return like == null
        ? ParameterValues.of(
            provider(name).parameters(), modelParameters.getOrDefault(name, Map.of()))
        : ParameterValues.of(like.getParameters());
  }

  /** The same with the seed of the model of that name. */
  FitSettings seededFor(String name) {
    ModelArtifact like = refits.get(name);
    return like == null
        ? this
        : new FitSettings(
            run, modelParameters, refits, like.getSeed(), device, requireGpu, threads);
  }
}
