package io.towerbeam.ml.features;

import io.towerbeam.ml.algebra.SparseVector;
import io.towerbeam.ml.algebra.TruncatedSvd;
import io.towerbeam.ml.data.IdOrder;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.Item;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Fits a {@link FeatureSpec} on a catalogue; {@link ItemFeatureEncoder} applies it. */
public final class ItemFeatureFitter {
  private ItemFeatureFitter() {}

  /**
   * The categories, title vocabulary, title components and scaling of {@code items}, the same in
   * whatever order the items come. Needs the whole catalogue in memory, and (3·n + 6·T) × (C + 16)
   * float64 beside it.
   *
   * <p>No items give a spec of no categories, no terms and C title columns that are zero for every
   * item; so do items without any title for their title columns.
   *
   * @throws IllegalArgumentException if two items have one id
   */
  public static FeatureSpec fit(List<Item> items, FeatureSettings settings) {
    List<Item> sorted = sortedById(items);
    List<List<String>> titles =
        sorted.stream().map(item -> TitleTokenizer.tokens(item.getTitle())).toList();
    TfIdf tfIdf = TfIdf.fit(titles, settings.maxTerms());
    List<SparseVector> weights = titles.stream().map(tfIdf::weigh).toList();
    TruncatedSvd svd = TruncatedSvd.fit(weights, tfIdf.terms().size(), settings.titleComponents());
    StandardScaler scaler =
        StandardScaler.fit(weights.stream().map(svd::project).toList(), settings.titleComponents());
    return FeatureSpec.newBuilder()
        .setCategories(
            CategoryEncoder.fit(sorted.stream().map(Item::getCategories).toList()).categories())
        .setTerms(tfIdf.terms())
        .setIdf(boxed(tfIdf.idf()))
        .setComponents(boxed(svd.components()))
        .setSingularValues(boxed(svd.singularValues()))
        .setMeans(boxed(scaler.means()))
        .setScales(boxed(scaler.scales()))
        .setFittedItems(items.size())
        .build();
  }

  private static List<Item> sortedById(List<Item> items) {
    List<Item> sorted =
        items.stream().sorted(Comparator.comparing(Item::getId, IdOrder.INSTANCE)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).getId().equals(sorted.get(i - 1).getId())) {
        throw new IllegalArgumentException(
            "the catalogue holds two items of the id " + sorted.get(i).getId());
      }
    }
    return sorted;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
