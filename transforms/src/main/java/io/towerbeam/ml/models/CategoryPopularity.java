package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.schemas.ModelArtifact;
import java.io.IOException;
import java.util.List;

/**
 * Scores an item by its categories alone, the same for every user: by the sum, over its categories,
 * of how often the items of a category were taken on average. So it scores items too that it was
 * not fitted on, and is what a model has to beat that claims to know them by their content. Instead
 * of the sum it can be the mean over the item's categories, which ranked films that nobody had
 * taken far worse: it puts first what has one rare and much-loved category.
 *
 * <p>Must fit in memory: the interactions, 4 bytes each, and the item features.
 */
public final class CategoryPopularity implements RankingModelProvider {
  private static final String COMBINATION = "combination";
  private static final String SUM = "sum";

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
    return List.of(
        ModelParameter.choice(
            COMBINATION,
            SUM,
            List.of(SUM, "mean"),
            "What an item scores of the popularity of its categories"));
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
    return CategoryPopularityModel.of(
        interactions.itemCounts(), features, categories, isSum(parameters));
  }

  @Override
  public FittedModel load(ModelArtifact artifact, ModelFiles files) throws IOException {
    return CategoryPopularityModel.load(files, isSum(ParameterValues.of(artifact.getParameters())));
  }

  private static boolean isSum(ParameterValues parameters) {
    return parameters.getString(COMBINATION).equals(SUM);
  }
}
