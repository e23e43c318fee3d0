package io.towerbeam.transforms.embed;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.features.FeatureMatrix;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The vectors of given items: the model's own of an item that it was fitted on, of any other what
 * the model makes of its features. A model that can make nothing of them gives none for these.
 */
final class EmbedGivenItems
    extends PTransform<PCollection<ItemFeatures>, PCollection<KV<Integer, Embedding>>> {
  private static final int GROUPS = 64;

  private final PCollectionView<List<ModelArtifact>> models;
  private final PCollectionView<List<String>> itemIds;

  EmbedGivenItems(
      PCollectionView<List<ModelArtifact>> models, PCollectionView<List<String>> itemIds) {
    this.models = models;
    this.itemIds = itemIds;
  }

  @Override
  public PCollection<KV<Integer, Embedding>> expand(PCollection<ItemFeatures> items) {
    return items
        .apply(
            "KeyByGroup",
            WithKeys.<Integer, ItemFeatures>of(item -> Shards.of(item.getId(), GROUPS))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), AvroCoder.specific(ItemFeatures.class)))
        // (group, [item]): models work on many at once
        .apply("Group", GroupByKey.create())
        .apply("Embed", ParDo.of(new EmbedFn(models, itemIds)).withSideInputs(models, itemIds));
  }

  private static final class EmbedFn
      extends DoFn<KV<Integer, Iterable<ItemFeatures>>, KV<Integer, Embedding>> {
    private final PCollectionView<List<ModelArtifact>> models;
    private final PCollectionView<List<String>> itemIds;
    private transient LoadedModels loaded;

    EmbedFn(PCollectionView<List<ModelArtifact>> models, PCollectionView<List<String>> itemIds) {
      this.models = models;
      this.itemIds = itemIds;
    }

    @Setup
    public void setup() {
      loaded = new LoadedModels();
    }

    @Teardown
    public void teardown() {
      loaded.close();
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      IdIndex index = IdIndex.of(context.sideInput(itemIds));
      Map<String, ItemFeatures> known = new TreeMap<>();
      Map<String, ItemFeatures> unseen = new TreeMap<>();
      for (ItemFeatures item : context.element().getValue()) {
        (index.indexOf(item.getId()) >= 0 ? known : unseen).put(item.getId(), item);
      }
      FloatMatrix features = FeatureMatrix.of(unseen.values());
      List<String> unseenIds = List.copyOf(unseen.keySet());
      for (ModelArtifact artifact : context.sideInput(models)) {
        FittedModel.Embeddings embeddings = loaded.get(artifact).embeddings().orElse(null);
        if (embeddings == null) {
          continue;
        }
        FloatMatrix items = embeddings.items();
        for (String id : known.keySet()) {
          emit(id, artifact, items.row(index.indexOf(id)), context);
        }
        embeddings
            .itemsOf(features)
            .ifPresent(
                rows -> {
                  for (int row = 0; row < rows.rows(); row++) {
                    emit(unseenIds.get(row), artifact, rows.row(row), context);
                  }
                });
      }
    }

    private static void emit(
        String id, ModelArtifact artifact, float[] vector, ProcessContext context) {
      context.output(KV.of(0, Vectors.embedding(id, artifact, vector)));
    }
  }
}
