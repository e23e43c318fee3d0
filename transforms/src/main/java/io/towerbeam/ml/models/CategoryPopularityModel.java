package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often the items of each category were taken. A vector has one coordinate: the score of an
 * item, 1 for every user. Safe for use by many threads.
 *
 * @param categoryMeans (G) interactions per item of a category
 * @param isSum whether an item's categories are added up, not averaged
 * @param items (I, 1) the scores of the items in training
 */
record CategoryPopularityModel(float[] categoryMeans, boolean isSum, FloatMatrix items)
    implements FittedModel, FittedModel.Embeddings {
  private static final String FILE = "parameters.avro";
  private static final String CATEGORY_MEANS = "category_means";
  private static final String ITEM_SCORES = "item_scores";

  /**
   * The model of items taken so often.
   *
   * @param counts (I) interactions of each item
   * @param features (I, F), of which the first G columns are above 0 for an item's categories
   * @param categories G
   */
  static CategoryPopularityModel of(
      long[] counts, FloatMatrix features, int categories, boolean isSum) {
    double[] sums = new double[categories];
    long[] sizes = new long[categories];
    for (int item = 0; item < counts.length; item++) {
      for (int category = 0; category < categories; category++) {
        if (features.values()[item * features.columns() + category] > 0) {
          sums[category] += counts[item];
          sizes[category]++;
        }
      }
    }
    float[] means = new float[categories];
    for (int category = 0; category < categories; category++) {
      means[category] = (float) (sums[category] / Math.max(1, sizes[category]));
    }
    return new CategoryPopularityModel(means, isSum, scores(means, isSum, features));
  }

  private static FloatMatrix scores(float[] categoryMeans, boolean isSum, FloatMatrix features) {
    float[] scores = new float[features.rows()];
    for (int item = 0; item < scores.length; item++) {
      double sum = 0;
      int size = 0;
      for (int category = 0; category < categoryMeans.length; category++) {
        if (features.values()[item * features.columns() + category] > 0) {
          sum += categoryMeans[category];
          size++;
        }
      }
      scores[item] = (float) (isSum ? sum : sum / Math.max(1, size));
    }
    return new FloatMatrix(scores.length, 1, scores);
  }

  @Override
  public boolean knows(UserHistory user) {
    return true;
  }

  @Override
  public FloatMatrix score(List<UserHistory> users) {
    return new ItemScores(items.values(), true).score(users);
  }

  @Override
  public Optional<Embeddings> embeddings() {
    return Optional.of(this);
  }

  @Override
  public FloatMatrix users(List<UserHistory> users) {
    float[] ones = new float[users.size()];
    Arrays.fill(ones, 1);
    return new FloatMatrix(ones.length, 1, ones);
  }

  @Override
  public Optional<FloatMatrix> itemsOf(FloatMatrix features) {
    return Optional.of(scores(categoryMeans, isSum, features));
  }

  @Override
  public Optional<FittedModel> withNewItems(FloatMatrix features) {
    return itemsOf(features)
        .map(added -> new CategoryPopularityModel(categoryMeans, isSum, items.above(added)));
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    List<NamedArray> arrays =
        List.of(
            new NamedArray(CATEGORY_MEANS, new long[] {categoryMeans.length}, categoryMeans),
            NamedArray.of(ITEM_SCORES, items));
    files.write(FILE, new TensorFile(arrays, Map.of())::writeTo);
  }

  /**
   * The model that {@link #save} wrote.
   *
   * @throws IOException if the file is missing or damaged
   */
  static CategoryPopularityModel load(ModelFiles files, boolean isSum) throws IOException {
    try (InputStream in = files.open(FILE)) {
      TensorFile file = TensorFile.readFrom(in);
      return new CategoryPopularityModel(
          file.array(CATEGORY_MEANS).values(), isSum, file.array(ITEM_SCORES).toMatrix());
    }
  }
}
