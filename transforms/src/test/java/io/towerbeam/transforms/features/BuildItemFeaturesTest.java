package io.towerbeam.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.features.FeatureSettings;
import io.towerbeam.ml.features.ItemFeatureEncoder;
import io.towerbeam.ml.features.ItemFeatureFitter;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ItemFeatures;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class BuildItemFeaturesTest {
  private static final List<Item> CATALOGUE =
      List.of(
          item("10", "Red Heat (1988)", "Action"),
          item("1", "Toy Story (1995)", "Animation", "Comedy"),
          item("9", "Heat (1995)", "Action", "Crime"),
          item("2", "Toy Soldiers (1991)", "Action"));

  @Test
  void theSpecIsFittedOnceAndAppliedToEveryItem(TestPipeline pipeline) {
    FeatureSettings settings = new FeatureSettings(3, 4);
    FeatureSpec spec = ItemFeatureFitter.fit(CATALOGUE, settings);
    BuildItemFeatures.Result result =
        items(pipeline, CATALOGUE)
            .apply(BuildItemFeatures.create().withTitleComponents(3).withMaxTerms(4));
    PAssert.thatSingleton(result.spec()).isEqualTo(spec);
    PAssert.that(result.features()).containsInAnyOrder(encoded(spec, CATALOGUE));
    pipeline.run();
  }

  @Test
  void anEmptyCatalogueGivesASpecAndNoFeatures(TestPipeline pipeline) {
    BuildItemFeatures.Result result = items(pipeline, List.of()).apply(BuildItemFeatures.create());
    PAssert.thatSingleton(result.spec())
        .isEqualTo(ItemFeatureFitter.fit(List.of(), FeatureSettings.DEFAULT));
    PAssert.that(result.features()).empty();
    pipeline.run();
  }

  @Test
  void aSavedSpecEncodesNewItems(TestPipeline pipeline) {
    FeatureSpec spec = ItemFeatureFitter.fit(CATALOGUE, FeatureSettings.DEFAULT);
    List<Item> arrivals = List.of(item("n1", "Toy Heat (2030)", "Opera"), item("n2", ""));
    PCollection<FeatureSpec> saved =
        pipeline.apply("Spec", Create.of(spec).withCoder(AvroCoder.specific(FeatureSpec.class)));
    PCollection<ItemFeatures> features =
        items(pipeline, arrivals).apply(EncodeItems.with(saved.apply(View.asSingleton())));
    PAssert.that(features).containsInAnyOrder(encoded(spec, arrivals));
    pipeline.run();
  }

  @Test
  void twoItemsOfOneIdFailThePipeline(TestPipeline pipeline) {
    items(pipeline, List.of(item("7", "Heat"), item("7", "Ran"))).apply(BuildItemFeatures.create());
    assertThatThrownBy(pipeline::run)
        .isInstanceOf(PipelineExecutionException.class)
        .hasMessageContaining("the catalogue holds two items of the id 7");
  }

  @Test
  void outputsAreCodedAsAvro(TestPipeline pipeline) {
    BuildItemFeatures.Result result = items(pipeline, CATALOGUE).apply(BuildItemFeatures.create());
    assertThat(result.spec().getCoder()).isEqualTo(AvroCoder.specific(FeatureSpec.class));
    assertThat(result.features().getCoder()).isEqualTo(AvroCoder.specific(ItemFeatures.class));
    pipeline.run();
  }

  @Test
  void settingsOutOfRangeAreRefusedAtOnce() {
    assertThatThrownBy(() -> BuildItemFeatures.create().withTitleComponents(1025))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("titleComponents must be from 1 to 1024, not 1025");
    assertThatThrownBy(() -> BuildItemFeatures.create().withMaxTerms(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTerms must be from 1 to 100000, not 0");
  }

  @Test
  void everySettingIsDisplayed() {
    DisplayData shown =
        DisplayData.from(BuildItemFeatures.create().withTitleComponents(8).withMaxTerms(100));
    assertThat(shown.items())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .containsExactlyInAnyOrder("titleComponents=8", "maxTerms=100");
  }

  private static PCollection<Item> items(TestPipeline pipeline, List<Item> items) {
    return pipeline.apply("Items", Create.of(items).withCoder(AvroCoder.specific(Item.class)));
  }

  private static List<ItemFeatures> encoded(FeatureSpec spec, List<Item> items) {
    ItemFeatureEncoder encoder = ItemFeatureEncoder.of(spec);
    List<ItemFeatures> encoded = new ArrayList<>();
    for (Item item : items) {
      List<Float> values = new ArrayList<>();
      for (float value : encoder.encode(item)) {
        values.add(value);
      }
      encoded.add(ItemFeatures.newBuilder().setId(item.getId()).setValues(values).build());
    }
    return encoded;
  }

  private static Item item(String id, String title, String... categories) {
    return Item.newBuilder().setId(id).setTitle(title).setCategories(List.of(categories)).build();
  }
}
