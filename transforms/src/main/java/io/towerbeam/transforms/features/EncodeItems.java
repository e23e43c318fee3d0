package io.towerbeam.transforms.features;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.features.ItemFeatureEncoder;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ItemFeatures;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The feature columns of each item, by a feature spec that was fitted before: on these items or on
 * others.
 *
 * <p>One output per item, (G + C) float32 as {@link ItemFeatureEncoder#encode} gives them; no items
 * give no output. Every worker holds the spec: its vocabulary and T × C float64.
 */
@AutoValue
public abstract class EncodeItems extends PTransform<PCollection<Item>, PCollection<ItemFeatures>> {
  private static final long serialVersionUID = 1L;

  abstract PCollectionView<FeatureSpec> spec();

  /** Encodes by the one spec in {@code spec}. */
  public static EncodeItems with(PCollectionView<FeatureSpec> spec) {
    return new AutoValue_EncodeItems(spec);
  }

  @Override
  public PCollection<ItemFeatures> expand(PCollection<Item> items) {
    return items
        .apply("Encode", ParDo.of(new EncodeFn(spec())).withSideInputs(spec()))
        .setCoder(AvroCoder.specific(ItemFeatures.class));
  }

  private static final class EncodeFn extends DoFn<Item, ItemFeatures> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<FeatureSpec> spec;
    private transient FeatureSpec encoded;
    private transient ItemFeatureEncoder encoder;

    EncodeFn(PCollectionView<FeatureSpec> spec) {
      this.spec = spec;
    }

    @ProcessElement
    public void encode(ProcessContext context) {
      Item item = context.element();
      List<Float> values = new ArrayList<>();
      for (float value : encoderOf(context.sideInput(spec)).encode(item)) {
        values.add(value);
      }
      context.output(ItemFeatures.newBuilder().setId(item.getId()).setValues(values).build());
    }

    /** Runners hand out the same object again and again, and comparing specs would be slow. */
    private ItemFeatureEncoder encoderOf(FeatureSpec current) {
      if (current != encoded) {
        encoder = ItemFeatureEncoder.of(current);
        encoded = current;
      }
      return encoder;
    }
  }
}
