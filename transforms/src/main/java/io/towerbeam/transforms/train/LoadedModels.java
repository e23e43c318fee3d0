package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The models that a DoFn has opened, until it is torn down. Not thread-safe: one DoFn instance, one
 * LoadedModels.
 */
public final class LoadedModels implements AutoCloseable {
  private final Map<String, FittedModel> byPath = new HashMap<>();

  /** The model of an artifact, read from its folder when first asked for. */
  public FittedModel get(ModelArtifact artifact) throws IOException {
    FittedModel model = byPath.get(artifact.getPath());
    if (model == null) {
      model =
          RankingModels.onClassPath()
              .get(artifact.getProvider())
              .load(artifact, new FolderModelFiles(new Folder(artifact.getPath())));
      byPath.put(artifact.getPath(), model);
    }
    return model;
  }

  @Override
  public void close() {
    byPath.values().forEach(FittedModel::close);
    byPath.clear();
  }
}
