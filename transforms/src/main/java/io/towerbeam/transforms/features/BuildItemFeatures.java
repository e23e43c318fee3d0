package io.towerbeam.transforms.features;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.features.FeatureSettings;
import io.towerbeam.ml.features.ItemFeatureFitter;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ItemFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * A feature spec fitted on a catalogue, and the feature columns of its items.
 *
 * <p>Of an empty catalogue the spec knows no category and no term, and there are no features. The
 * result does not depend on the order of the items.
 *
 * <p>The spec is fitted on one worker, where the whole catalogue must fit in memory, with (3·n +
 * 6·T) × (C + 16) float64 beside it for n items, T terms and C components; encoding is spread over
 * all. Two items of one id fail the pipeline. The items must be bounded and in the global window.
 */
@AutoValue
public abstract class BuildItemFeatures
    extends PTransform<PCollection<Item>, BuildItemFeatures.Result> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<FeatureSpec> SPEC = new TupleTag<>("spec") {};
  private static final TupleTag<ItemFeatures> FEATURES = new TupleTag<>("features") {};

  /**
   * What was fitted, and the items as numbers.
   *
   * @param spec one element: save it to encode new items later
   * @param features one element per item, G category columns and then C title columns
   */
  public record Result(PCollection<FeatureSpec> spec, PCollection<ItemFeatures> features)
      implements POutput {
    @Override
    public Pipeline getPipeline() {
      return spec.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(SPEC, spec, FEATURES, features);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {
      // both outputs were finished by the steps that make them
    }
  }

  abstract int titleComponents();

  abstract int maxTerms();

  /** Features of 16 title components from at most 5000 terms. */
  public static BuildItemFeatures create() {
    return of(FeatureSettings.DEFAULT);
  }

  /** C, the number of title columns, from 1 to 1024. */
  public BuildItemFeatures withTitleComponents(int titleComponents) {
    return of(new FeatureSettings(titleComponents, maxTerms()));
  }

  /** The most terms in the title vocabulary, the most frequent ones, from 1 to 100,000. */
  public BuildItemFeatures withMaxTerms(int maxTerms) {
    return of(new FeatureSettings(titleComponents(), maxTerms));
  }

  private static BuildItemFeatures of(FeatureSettings settings) {
    return new AutoValue_BuildItemFeatures(settings.titleComponents(), settings.maxTerms());
  }

  @Override
  public Result expand(PCollection<Item> items) {
    PCollectionView<Iterable<Item>> catalogue = items.apply("Catalogue", View.asIterable());
    // (), [item]: an impulse rather than a grouping, so that no items give a spec too
    PCollection<FeatureSpec> spec =
        items
            .getPipeline()
            .apply("Once", Impulse.create())
            .apply("Fit", ParDo.of(new FitFn(this, catalogue)).withSideInputs(catalogue))
            .setCoder(AvroCoder.specific(FeatureSpec.class));
    // item, spec
    PCollection<ItemFeatures> features =
        items.apply("Encode", EncodeItems.with(spec.apply("Spec", View.asSingleton())));
    return new Result(spec, features);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("titleComponents", titleComponents()).withLabel("Title Components"))
        .add(DisplayData.item("maxTerms", maxTerms()).withLabel("Most Title Terms"));
  }

  private static final class FitFn extends DoFn<byte[], FeatureSpec> {
    private static final long serialVersionUID = 1L;

    private final int titleComponents;
    private final int maxTerms;
    private final PCollectionView<Iterable<Item>> catalogue;

    FitFn(BuildItemFeatures settings, PCollectionView<Iterable<Item>> catalogue) {
      this.titleComponents = settings.titleComponents();
      this.maxTerms = settings.maxTerms();
      this.catalogue = catalogue;
    }

    @ProcessElement
    public void fit(ProcessContext context) {
      List<Item> items = new ArrayList<>();
      context.sideInput(catalogue).forEach(items::add);
      context.output(ItemFeatureFitter.fit(items, new FeatureSettings(titleComponents, maxTerms)));
    }
  }
}
