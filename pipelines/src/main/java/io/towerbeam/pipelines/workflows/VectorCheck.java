package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.Optional;

/** Whether a published model has vectors at all, and any for items that it was not fitted on. */
final class VectorCheck {
  private static final FloatMatrix NO_ITEMS = new FloatMatrix(0, 0, new float[0]);

  private VectorCheck() {}

  /**
   * Opens the model.
   *
   * @throws UsageException if it cannot have items in lists and histories that it was not fitted on
   */
  static void requireNewItems(PublishedModel model) {
    try (LoadedModels loaded = new LoadedModels()) {
      Optional<FittedModel> extended = loaded.get(model.artifact()).withNewItems(NO_ITEMS);
      extended.ifPresent(FittedModel::close);
      if (extended.isEmpty()) {
        throw new UsageException(
            "--items: %s knows the items alone that it was fitted on: leave out --items, or name a"
                    .formatted(model.artifact().getModel())
                + " model that sees items' content");
      }
    } catch (IOException e) {
      throw new UsageException("--model: cannot be read: " + RunnerSupports.inWordsOrItsOwn(e));
    }
  }

  /**
   * Opens the model, unless vectors in its run tell already.
   *
   * @throws UsageException if it has no such vectors
   */
  static void require(PublishedModel model, boolean ofNewItems) {
    String name = model.artifact().getModel();
    try (LoadedModels loaded = new LoadedModels()) {
      if (!ofNewItems && !model.run().embeddings().folder(name).list("*.avro").isEmpty()) {
        return;
      }
      Optional<FittedModel.Embeddings> embeddings = loaded.get(model.artifact()).embeddings();
      if (embeddings.isEmpty()) {
        throw new UsageException(
            "%s has no vectors, its score is not their product: name a model that has some by"
                    .formatted(name)
                + " --model or --modelName, such as one of two-tower-hybrid, als or truncated-svd");
      }
      if (ofNewItems && embeddings.get().itemsOf(NO_ITEMS).isEmpty()) {
        throw new UsageException(
            "--items: %s has vectors of the items that it was fitted on alone: leave out --items, or"
                    .formatted(name)
                + " name a model that sees items' content");
      }
    } catch (IOException e) {
      throw new UsageException("--model: cannot be read: " + RunnerSupports.inWordsOrItsOwn(e));
    }
  }
}
