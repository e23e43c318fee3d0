package io.towerbeam.transforms.embed;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.prepare.HistoryReader;
import io.towerbeam.transforms.train.ExtendedModels;
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
import org.checkerframework.checker.nullness.qual.Nullable;

/** The vectors of the wanted users of one shard by every model. */
final class EmbedUsersFn extends DoFn<KV<Integer, CoGbkResult>, KV<Integer, Embedding>> {
  private static final int BATCH = 4096;

  private final Counter usersEmbedded =
      Metrics.counter(MaterializeEmbeddings.class, "users_embedded");
  private final PCollectionView<List<ModelArtifact>> models;
  private final PCollectionView<List<String>> itemIds;
  private final PCollectionView<Map<Integer, Long>> firstUsers;
  private final @Nullable PCollectionView<List<ItemFeatures>> newItems;
  private final HistoryReader reader;
  private transient ExtendedModels loaded;

  /**
   * @param newItems items that may be in histories beside the indexed ones; null for none
   */
  EmbedUsersFn(
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers,
      @Nullable PCollectionView<List<ItemFeatures>> newItems,
      HistoryReader reader) {
    this.models = models;
    this.itemIds = itemIds;
    this.firstUsers = firstUsers;
    this.newItems = newItems;
    this.reader = reader;
  }

  @Setup
  public void setup() {
    loaded = new ExtendedModels();
  }

  @Teardown
  public void teardown() {
    loaded.close();
  }

  @ProcessElement
  public void process(ProcessContext context) throws IOException {
    IdIndex indexed = IdIndex.of(context.sideInput(itemIds));
    List<ItemFeatures> given = newItems == null ? List.of() : context.sideInput(newItems);
    Map<String, UserHistory> histories = histories(indexed, context);
    for (ModelArtifact artifact : context.sideInput(models)) {
      ExtendedModels.Extended model = loaded.get(artifact, indexed, given);
      if (model.model().embeddings().isPresent()) {
        boolean isExtended = model.items() != indexed;
        embed(
            artifact,
            model.model(),
            isExtended ? histories(model.items(), context) : histories,
            context);
      }
    }
  }

  private Map<String, UserHistory> histories(IdIndex items, ProcessContext context)
      throws IOException {
    return reader.histories(context.element(), context.sideInput(firstUsers), items);
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
