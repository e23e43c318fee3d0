package io.towerbeam.transforms.train;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.POutput;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The worker that a training step asks of the runner. Only that step carries the resource hints; a
 * shuffle on either side keeps a runner from fusing its neighbours onto the worker with the GPU.
 * Runners without hints (direct, Flink) ignore them.
 *
 * @param accelerator such as {@code type:nvidia-l4;count:1;install-nvidia-driver}; null for none
 * @param minRam the least memory, such as {@code 16GB}; null for the runner's own choice
 */
public record TrainingWorker(@Nullable String accelerator, @Nullable String minRam)
    implements Serializable {

  /** A worker as the runner has them. */
  public static TrainingWorker any() {
    return new TrainingWorker(null, null);
  }

  /** Applies {@code step} to shuffled elements, with the hints. {@link #after} is to follow. */
  public <T, OutputT extends POutput> OutputT train(
      PCollection<T> elements, PTransform<? super PCollection<T>, OutputT> step) {
    step.setResourceHints(hints());
    return elements.apply("BeforeTraining", Reshuffle.viaRandomKey()).apply("Train", step);
  }

  /** The shuffle after the step, for each of its outputs. */
  public static <T> PTransform<PCollection<T>, PCollection<T>> after() {
    return Reshuffle.viaRandomKey();
  }

  private ResourceHints hints() {
    ResourceHints hints = ResourceHints.create();
    if (accelerator != null) {
      hints = hints.withAccelerator(accelerator);
    }
    return minRam == null ? hints : hints.withMinRam(minRam);
  }

  /** Adds both settings to a transform's display data. */
  public void describe(DisplayData.Builder builder) {
    builder
        .addIfNotNull(DisplayData.item("accelerator", accelerator))
        .addIfNotNull(DisplayData.item("minRam", minRam));
  }
}
