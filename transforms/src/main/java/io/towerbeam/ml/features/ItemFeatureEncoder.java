package io.towerbeam.ml.features;

import io.towerbeam.ml.algebra.TruncatedSvd;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.Item;
import java.util.Arrays;
import java.util.List;

/**
 * Items as feature columns by a {@link FeatureSpec}: G category columns in the order of the spec,
 * then C title columns. Works on any item, whether or not the spec was fitted on it. Immutable;
 * safe for use by many threads.
 */
public final class ItemFeatureEncoder {
  private final CategoryEncoder categories;
  private final TfIdf tfIdf;
  private final TruncatedSvd svd;
  private final StandardScaler scaler;

  private ItemFeatureEncoder(
      CategoryEncoder categories, TfIdf tfIdf, TruncatedSvd svd, StandardScaler scaler) {
    this.categories = categories;
    this.tfIdf = tfIdf;
    this.svd = svd;
    this.scaler = scaler;
  }

  /**
   * The encoder of {@code spec}; holds T × C float64 and the vocabulary.
   *
   * @throws IllegalArgumentException if the lengths in the spec do not fit each other
   */
  public static ItemFeatureEncoder of(FeatureSpec spec) {
    int titleComponents = spec.getSingularValues().size();
    StandardScaler scaler = new StandardScaler(unboxed(spec.getMeans()), unboxed(spec.getScales()));
    if (scaler.means().length != titleComponents) {
      throw new IllegalArgumentException(
          "%d means do not fit %d title components"
              .formatted(scaler.means().length, titleComponents));
    }
    return new ItemFeatureEncoder(
        CategoryEncoder.of(spec.getCategories()),
        TfIdf.of(spec.getTerms(), unboxed(spec.getIdf())),
        TruncatedSvd.of(
            unboxed(spec.getComponents()),
            spec.getTerms().size(),
            unboxed(spec.getSingularValues())),
        scaler);
  }

  /** G + C, the number of feature columns. */
  public int columns() {
    return categories.categories().size() + scaler.means().length;
  }

  /**
   * The features of {@code item}, (G + C) float32. Categories and title words that the spec does
   * not know are ignored. Without known categories the category columns are zero; without known
   * words the title columns are those of the zero vector, standardised.
   */
  public float[] encode(Item item) {
    float[] categoryColumns = categories.encode(item.getCategories());
    double[] titleColumns =
        scaler.scale(svd.project(tfIdf.weigh(TitleTokenizer.tokens(item.getTitle()))));
    float[] features = Arrays.copyOf(categoryColumns, columns());
    for (int c = 0; c < titleColumns.length; c++) {
      features[categoryColumns.length + c] = (float) titleColumns[c];
    }
    return features;
  }

  private static double[] unboxed(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
