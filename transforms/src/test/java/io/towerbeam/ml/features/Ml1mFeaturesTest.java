package io.towerbeam.ml.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.ml.algebra.SparseVector;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The features of MovieLens-1M against scikit-learn's, computed once and kept beside the data. */
class Ml1mFeaturesTest {
  private static final int GENRES = 18;
  private static final int TITLE_COLUMNS = 16;

  private static Path folder;
  private static JsonNode titles;
  private static List<String> header;

  /** Item id to its 34 expected columns, in the order of the file. */
  private static Map<String, double[]> expected;

  private static List<Item> items;
  private static FeatureSpec spec;

  @BeforeAll
  static void readAndFit() throws IOException {
    String given = System.getenv("TOWERBEAM_ML1M");
    folder = Path.of(given == null ? "../../shared/data/ml-1m" : given);
    Path reference = folder.resolve("../../reference");
    if (!Files.exists(folder.resolve("movies.dat")) || !Files.exists(reference)) {
      return;
    }
    titles = new ObjectMapper().readTree(reference.resolve("title_features.json").toFile());
    List<String> lines = Files.readAllLines(reference.resolve("item_features.csv"));
    header = List.of(lines.get(0).split(","));
    expected =
        lines.stream()
            .skip(1)
            .map(line -> line.split(","))
            .collect(Collectors.toMap(row -> row[0], Ml1mFeaturesTest::numbersAfterId));
    try (var movies = Files.lines(folder.resolve("movies.dat"), StandardCharsets.ISO_8859_1)) {
      items =
          movies
              .map(line -> line.split("::"))
              .filter(fields -> expected.containsKey(fields[0]))
              .map(Ml1mFeaturesTest::item)
              .toList();
    }
    spec = ItemFeatureFitter.fit(items, FeatureSettings.DEFAULT);
  }

  /** Not before all: only a test that was about to run is reported as skipped, with the reason. */
  @BeforeEach
  void needsTheData() {
    assumeTrue(
        spec != null,
        () -> "no MovieLens-1M with reference values at " + folder.toAbsolutePath().normalize());
  }

  @Test
  void everyItemHas34Columns() {
    assertThat(items).hasSize(3662);
    assertThat(spec.getFittedItems()).isEqualTo(3662);
    assertThat(ItemFeatureEncoder.of(spec).columns()).isEqualTo(GENRES + TITLE_COLUMNS);
  }

  @Test
  void categoriesAreTheGenresInOrder() {
    assertThat(spec.getCategories().stream().map(genre -> "genre:" + genre))
        .containsExactlyElementsOf(header.subList(1, 1 + GENRES));
  }

  @Test
  void categoryColumnsEqualTheReference() {
    ItemFeatureEncoder encoder = ItemFeatureEncoder.of(spec);
    for (Item item : items) {
      float[] features = encoder.encode(item);
      for (int c = 0; c < GENRES; c++) {
        assertThat((double) features[c])
            .as("item %s, %s", item.getId(), spec.getCategories().get(c))
            .isCloseTo(expected.get(item.getId())[c], within(1e-5));
      }
    }
  }

  @Test
  void titleColumnsEqualTheReferenceUpToSign() {
    ItemFeatureEncoder encoder = ItemFeatureEncoder.of(spec);
    List<float[]> actual = items.stream().map(encoder::encode).toList();
    for (int c = GENRES; c < GENRES + TITLE_COLUMNS; c++) {
      double products = 0;
      for (int i = 0; i < items.size(); i++) {
        products += actual.get(i)[c] * expected.get(items.get(i).getId())[c];
      }
      // Both sides have mean 0 and deviation 1, so the mean product is the correlation.
      assertThat(Math.abs(products / items.size()))
          .as("|correlation| of column %d", c)
          .isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void vocabularyAndIdfEqualTheReference() {
    assertThat(spec.getTerms()).hasSize(titles.get("vocabulary_size").asInt());
    assertThat(nonZeros()).isEqualTo(titles.get("nnz").asInt());
    assertThat(titles.get("idf").properties())
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(spec.getIdf().get(spec.getTerms().indexOf(entry.getKey())))
                    .as(entry.getKey())
                    .isCloseTo(entry.getValue().asDouble(), within(1e-9)));
  }

  @Test
  void singularValuesAndScalesEqualTheReference() {
    for (int c = 0; c < TITLE_COLUMNS; c++) {
      assertThat(spec.getSingularValues().get(c))
          .as("singular value %d", c)
          .isCloseTo(titles.get("singular_values").get(c).asDouble(), withinPercentage(.01));
      assertThat(spec.getScales().get(c))
          .as("scale %d", c)
          .isCloseTo(titles.get("scaler_scale").get(c).asDouble(), withinPercentage(.01));
    }
  }

  @Test
  void weightsOfTitlesEqualTheReference() {
    TfIdf tfIdf = tfIdf();
    assertThat(titles.get("tfidf_rows").properties())
        .isNotEmpty()
        .allSatisfy(
            row -> {
              Map<String, Double> weights = weightsByTerm(tfIdf, row.getKey());
              assertThat(weights).hasSize(row.getValue().size());
              weights.forEach(
                  (term, weight) ->
                      assertThat(weight)
                          .as("%s in item %s", term, row.getKey())
                          .isCloseTo(row.getValue().get(term).asDouble(), within(1e-9)));
            });
  }

  private static Map<String, Double> weightsByTerm(TfIdf tfIdf, String itemId) {
    Item item = items.stream().filter(i -> i.getId().equals(itemId)).findFirst().orElseThrow();
    SparseVector vector = tfIdf.weigh(TitleTokenizer.tokens(item.getTitle()));
    Map<String, Double> weights = new TreeMap<>();
    for (int i = 0; i < vector.size(); i++) {
      weights.put(tfIdf.terms().get(vector.indexes()[i]), vector.values()[i]);
    }
    return weights;
  }

  private static int nonZeros() {
    TfIdf tfIdf = tfIdf();
    return items.stream()
        .mapToInt(item -> tfIdf.weigh(TitleTokenizer.tokens(item.getTitle())).size())
        .sum();
  }

  private static TfIdf tfIdf() {
    double[] idf = spec.getIdf().stream().mapToDouble(Double::doubleValue).toArray();
    return TfIdf.of(spec.getTerms(), idf);
  }

  private static double[] numbersAfterId(String[] row) {
    return Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  private static Item item(String[] fields) {
    return Item.newBuilder()
        .setId(fields[0])
        .setTitle(fields[1])
        .setCategories(List.of(fields[2].split("\\|")))
        .build();
  }
}
