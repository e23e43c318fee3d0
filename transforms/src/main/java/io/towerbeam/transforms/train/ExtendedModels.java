package io.towerbeam.transforms.train;

import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.IdOrder;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.features.FeatureMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that a DoFn has opened, with items beside those that they were fitted on: by the
 * models that know items by their content. Not thread-safe: one DoFn instance, one ExtendedModels.
 */
public final class ExtendedModels implements AutoCloseable {
  private final LoadedModels loaded = new LoadedModels();
  private final Map<String, Optional<FittedModel>> byPath = new HashMap<>();

  /**
   * A model and the items that it knows.
   *
   * @param items the indexed items, and behind them, in id order, the new ones if the model can
   */
  public record Extended(FittedModel model, IdIndex items) {}

  /**
   * The model of an artifact, the same at every call.
   *
   * @param indexed the indexed items in index order
   * @param given items, such as are indexed among them
   */
  public Extended get(ModelArtifact artifact, IdIndex indexed, List<ItemFeatures> given)
      throws IOException {
    FittedModel model = loaded.get(artifact);
    List<ItemFeatures> added =
        given.stream()
            .filter(item -> indexed.indexOf(item.getId()) < 0)
            .sorted(Comparator.comparing(ItemFeatures::getId, IdOrder.INSTANCE))
            .toList();
    if (added.isEmpty()) {
      return new Extended(model, indexed);
    }
    Optional<FittedModel> extended =
        byPath.computeIfAbsent(
            artifact.getPath(), path -> model.withNewItems(FeatureMatrix.of(added)));
    if (extended.isEmpty()) {
      return new Extended(model, indexed);
    }
    List<String> ids = new ArrayList<>(indexed.ids());
    added.forEach(item -> ids.add(item.getId()));
    return new Extended(extended.get(), IdIndex.of(ids));
  }

  @Override
  public void close() {
    byPath.values().forEach(model -> model.ifPresent(FittedModel::close));
    byPath.clear();
    loaded.close();
  }
}
