package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;

/**
 * Scores an item by its categories alone, the same for every user: by the mean, over its
 * categories, of how often the items of a category were taken on average; an item without
 * categories by how often any item was. So it scores items too that it was not fitted on, and is
 * what a model has to beat that claims to know them by their content.
 *
 * <p>Must fit in memory: the interactions, 4 bytes each, and the item features.
 */
public final class CategoryPopularity implements RankingModelProvider {
  @Override
  public String name() {
    return "category-popularity";
  }

  @Override
  public String description() {
    return "items by how often those of the same categories were taken, new ones included";
  }

  @Override
  public List<ModelParameter> parameters() {
    return List.of();
  }

  @Override
  public long bytesNeeded(DatasetSize size, ParameterValues parameters) {
    return Integer.BYTES * (size.interactions() + size.users())
        + (Long.BYTES + Float.BYTES * (1L + size.itemFeatures())) * size.items();
  }

  @Override
  public FittedModel fit(TrainingData data, ParameterValues parameters, FitContext context)
      throws IOException, ModelFitException {
    InteractionMatrix interactions = data.interactions();
    FloatMatrix features = data.itemFeatures();
    DataChecks.requireContent(interactions, features);
    int categories = data.categoryColumns();
    if (categories == 0) {
      throw new ModelFitException("no item has a category to be popular by");
    }
    return CategoryPopularityModel.of(interactions.itemCounts(), features, categories);
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return CategoryPopularityModel.load(files);
  }
}
