package io.towerbeam.transforms.embed;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** The vectors of all indexed items by one model. */
final class EmbedItemsFn extends DoFn<ModelArtifact, KV<Integer, Embedding>> {
  private final Counter itemsEmbedded =
      Metrics.counter(MaterializeEmbeddings.class, "items_embedded");
  private final PCollectionView<List<String>> itemIds;

  EmbedItemsFn(PCollectionView<List<String>> itemIds) {
    this.itemIds = itemIds;
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    try (LoadedModels loaded = new LoadedModels()) {
      ModelArtifact artifact = context.element();
      Optional<FittedModel.Embeddings> embeddings = loaded.get(artifact).embeddings();
      if (embeddings.isPresent()) {
        List<String> ids = context.sideInput(itemIds);
        FloatMatrix rows = embeddings.get().items();
        for (int item = 0; item < rows.rows(); item++) {
          context.output(KV.of(0, Vectors.embedding(ids.get(item), artifact, rows.row(item))));
        }
        itemsEmbedded.inc(rows.rows());
      }
    }
  }
}
