package io.towerbeam.transforms.embed;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.prepare.HistoryReader;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** The vectors of the wanted users of one shard by every model. */
final class EmbedUsersFn extends DoFn<KV<Integer, CoGbkResult>, KV<Integer, Embedding>> {
  private static final int BATCH = 4096;

  private final Counter usersEmbedded =
      Metrics.counter(MaterializeEmbeddings.class, "users_embedded");
  private final PCollectionView<List<ModelArtifact>> models;
  private final PCollectionView<List<String>> itemIds;
  private final PCollectionView<Map<Integer, Long>> firstUsers;
  private final HistoryReader reader;
  private transient LoadedModels loaded;

  EmbedUsersFn(
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers,
      HistoryReader reader) {
    this.models = models;
    this.itemIds = itemIds;
    this.firstUsers = firstUsers;
    this.reader = reader;
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
    Map<String, UserHistory> histories =
        reader.histories(
            context.element(),
            context.sideInput(firstUsers),
            IdIndex.of(context.sideInput(itemIds)));
    for (ModelArtifact artifact : context.sideInput(models)) {
      FittedModel model = loaded.get(artifact);
      if (model.embeddings().isPresent()) {
        embed(artifact, model, histories, context);
      }
    }
  }

  private void embed(
      ModelArtifact artifact,
      FittedModel model,
      Map<String, UserHistory> histories,
      ProcessContext context) {
    List<String> ids = new ArrayList<>();
    List<UserHistory> known = new ArrayList<>();
    histories.forEach(
        (user, history) -> {
          if (model.knows(history)) {
            ids.add(user);
            known.add(history);
          } else {
            context.output(MaterializeEmbeddings.UNKNOWN_USERS, user);
          }
        });
    for (int start = 0; start < ids.size(); start += BATCH) {
      int end = Math.min(start + BATCH, ids.size());
      FloatMatrix rows = model.embeddings().orElseThrow().users(known.subList(start, end));
      for (int row = 0; row < rows.rows(); row++) {
        context.output(
            KV.of(
                context.element().getKey(),
                Vectors.embedding(ids.get(start + row), artifact, rows.row(row))));
      }
      usersEmbedded.inc(rows.rows());
    }
  }
}
