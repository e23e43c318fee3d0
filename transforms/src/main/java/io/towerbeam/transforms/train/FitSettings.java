package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.transforms.write.RunFiles;
import java.io.Serializable;
import java.util.Map;

/**
 * What all fits of a run share.
 *
 * @param run where shards are read and models written
 * @param modelParameters the parameters given for a model, by its name
 * @param seed the run's seed
 * @param device where tensors live
 * @param requireGpu refuse to fit without a GPU
 * @param threads threads for dense algebra, at least 1
 */
public record FitSettings(
    RunFiles run,
    Map<String, Map<String, String>> modelParameters,
    long seed,
    DeviceChoice device,
    boolean requireGpu,
    int threads)
    implements Serializable {}
