package io.towerbeam.ml.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ItemFeatureEncoderTest {
  private static final List<Item> CATALOGUE =
      List.of(
          item("1", "Toy Story (1995)", "Animation", "Comedy"),
          item("2", "Toy Soldiers (1991)", "Action"),
          item("9", "Heat (1995)", "Action", "Crime"),
          item("10", "Red Heat (1988)", "Action"),
          item("11", "Story of Us, The (1999)", "Comedy"));

  private static final FeatureSettings SETTINGS = new FeatureSettings(2, 100);

  @Test
  void columnsAreCategoriesThenTitleComponents() {
    FeatureSpec spec = ItemFeatureFitter.fit(CATALOGUE, SETTINGS);
    assertThat(spec.getCategories()).containsExactly("Action", "Animation", "Comedy", "Crime");
    assertThat(spec.getTerms()).containsExactly("heat", "red", "soldiers", "story", "toy");
    assertThat(ItemFeatureEncoder.of(spec).columns()).isEqualTo(6);
    assertThat(ItemFeatureEncoder.of(spec).encode(CATALOGUE.get(0))).hasSize(6);
  }

  @Test
  void titleColumnsOfTheFittedItemsHaveMeanZeroAndDeviationOne() {
    ItemFeatureEncoder encoder = encoder(CATALOGUE, SETTINGS);
    for (int c = 4; c < 6; c++) {
      double sum = 0;
      double squares = 0;
      for (Item item : CATALOGUE) {
        float value = encoder.encode(item)[c];
        sum += value;
        squares += value * value;
      }
      assertThat(sum / 5).isCloseTo(0, within(1e-6));
      assertThat(squares / 5).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void anItemAsWorkedByHand() {
    // Two titles without a common word: TF-IDF is the identity, whose two directions are equal in
    // strength, so only the distance of the two items is unique: (±1, ±1) standardised, 2·√2.
    ItemFeatureEncoder encoder =
        encoder(List.of(item("1", "Heat", "Crime"), item("2", "Jumanji", "Crime")), SETTINGS);
    float[] heat = encoder.encode(item("1", "Heat", "Crime"));
    float[] jumanji = encoder.encode(item("2", "Jumanji", "Crime"));
    assertThat(heat[0]).isEqualTo(1);
    assertThat(Math.hypot(heat[1] - jumanji[1], heat[2] - jumanji[2]))
        .isCloseTo(2 * Math.sqrt(2), within(1e-6));
  }

  @Test
  void aNewItemOfAnOldTitleHasTheTitleColumnsOfTheOldOne() {
    ItemFeatureEncoder encoder = encoder(CATALOGUE, SETTINGS);
    float[] known = encoder.encode(CATALOGUE.get(2));
    float[] renewed = encoder.encode(item("new", "Heat II! (2030)", "Opera", "Crime"));
    assertThat(renewed[4]).isEqualTo(known[4]);
    assertThat(renewed[5]).isEqualTo(known[5]);
    assertThat(renewed).startsWith(0, 0, 0, 1);
  }

  @Test
  void anItemWithoutContentHasNoCategoriesAndTheZeroTitleStandardised() {
    FeatureSpec spec = ItemFeatureFitter.fit(CATALOGUE, SETTINGS);
    float[] features = ItemFeatureEncoder.of(spec).encode(item("new", ""));
    assertThat(features).startsWith(0, 0, 0, 0);
    for (int c = 0; c < 2; c++) {
      double zeroStandardised = -spec.getMeans().get(c) / spec.getScales().get(c);
      assertThat((double) features[4 + c]).isCloseTo(zeroStandardised, within(1e-6));
    }
  }

  @Test
  void anEmptyCatalogueGivesTitleColumnsOfZeros() {
    FeatureSpec spec = ItemFeatureFitter.fit(List.of(), FeatureSettings.DEFAULT);
    assertThat(spec.getCategories()).isEmpty();
    assertThat(spec.getTerms()).isEmpty();
    assertThat(spec.getFittedItems()).isZero();
    assertThat(ItemFeatureEncoder.of(spec).encode(CATALOGUE.get(0))).hasSize(16).containsOnly(0);
  }

  @Test
  void aCatalogueOfFewerWordsThanComponentsKeepsItsColumns() {
    ItemFeatureEncoder encoder =
        encoder(List.of(item("1", "Heat"), item("2", "(1995)")), FeatureSettings.DEFAULT);
    float[] features = encoder.encode(item("1", "Heat"));
    assertThat(features).hasSize(16).startsWith(1);
    assertThat(features).endsWith(new float[15]);
  }

  @Test
  void twoItemsOfOneIdAreRefused() {
    assertThatThrownBy(
            () ->
                ItemFeatureFitter.fit(
                    List.of(item("7", "Heat"), item("8", "Ran"), item("7", "Jumanji")), SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the catalogue holds two items of the id 7");
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new FeatureSettings(0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("titleComponents must be from 1 to 1024, not 0");
    assertThatThrownBy(() -> new FeatureSettings(1, 100_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTerms must be from 1 to 100000, not 100001");
  }

  @Test
  void aSpecWhoseScalerFitsNotItsComponentsIsRefused() {
    FeatureSpec spec = ItemFeatureFitter.fit(CATALOGUE, SETTINGS);
    spec.setMeans(List.of(0.0));
    spec.setScales(List.of(1.0));
    assertThatThrownBy(() -> ItemFeatureEncoder.of(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 means do not fit 2 title components");
  }

  @Property(tries = 50)
  void theOrderOfTheItemsDoesNotMatter(@ForAll long seed) {
    List<Item> shuffled = new ArrayList<>(CATALOGUE);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(ItemFeatureFitter.fit(shuffled, SETTINGS))
        .isEqualTo(ItemFeatureFitter.fit(CATALOGUE, SETTINGS));
  }

  private static ItemFeatureEncoder encoder(List<Item> catalogue, FeatureSettings settings) {
    return ItemFeatureEncoder.of(ItemFeatureFitter.fit(catalogue, settings));
  }

  private static Item item(String id, String title, String... categories) {
    return Item.newBuilder().setId(id).setTitle(title).setCategories(List.of(categories)).build();
  }
}
