package io.towerbeam.transforms.embed;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.ShardHistories;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.transforms.prepare.ByShard;
import io.towerbeam.transforms.train.LoadedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The vectors of all users of the train blocks and of all indexed items, for the models whose score
 * is a dot product; other models give none. The dot product of a user's and an item's vector is the
 * model's score.
 */
@AutoValue
public abstract class MaterializeEmbeddings
    extends PTransform<PCollection<InteractionBlock>, PCollectionTuple> {
  /** (shard, vector) of all users. */
  public static final TupleTag<KV<Integer, Embedding>> USERS = new TupleTag<>("users") {};

  /** (0, vector) of all items. */
  public static final TupleTag<KV<Integer, Embedding>> ITEMS = new TupleTag<>("items") {};

  abstract PCollection<ModelArtifact> artifacts();

  abstract PCollectionView<List<ModelArtifact>> models();

  abstract PCollectionView<List<String>> itemIds();

  abstract PCollectionView<Map<Integer, Long>> firstUsers();

  /**
   * @param artifacts the fitted models
   * @param models the same as a view
   * @param itemIds the indexed items in index order
   * @param firstUsers the index of the first user of each shard
   */
  public static MaterializeEmbeddings of(
      PCollection<ModelArtifact> artifacts,
      PCollectionView<List<ModelArtifact>> models,
      PCollectionView<List<String>> itemIds,
      PCollectionView<Map<Integer, Long>> firstUsers) {
    return new AutoValue_MaterializeEmbeddings(artifacts, models, itemIds, firstUsers);
  }

  @Override
  public PCollectionTuple expand(PCollection<InteractionBlock> train) {
    KvCoder<Integer, Embedding> coder =
        KvCoder.of(VarIntCoder.of(), AvroCoder.specific(Embedding.class));
    PCollection<KV<Integer, Embedding>> users =
        train
            .apply("KeyByShard", ByShard.keys())
            // (shard, [train block])
            .apply("GroupByShard", GroupByKey.create())
            .apply(
                "EmbedUsers",
                ParDo.of(new EmbedUsersFn(models(), itemIds(), firstUsers()))
                    .withSideInputs(models(), itemIds(), firstUsers()))
            .setCoder(coder);
    PCollection<KV<Integer, Embedding>> items =
        artifacts()
            .apply("EmbedItems", ParDo.of(new EmbedItemsFn(itemIds())).withSideInputs(itemIds()))
            .setCoder(coder);
    return PCollectionTuple.of(USERS, users).and(ITEMS, items);
  }

  private static Embedding embedding(String id, ModelArtifact model, FloatMatrix rows, int row) {
    List<Float> vector = new ArrayList<>(rows.columns());
    for (float coordinate : rows.row(row)) {
      vector.add(coordinate);
    }
    return new Embedding(id, model.getModel(), vector);
  }

  private static final class EmbedItemsFn extends DoFn<ModelArtifact, KV<Integer, Embedding>> {
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
            context.output(KV.of(0, embedding(ids.get(item), artifact, rows, item)));
          }
          itemsEmbedded.inc(rows.rows());
        }
      }
    }
  }

  private static final class EmbedUsersFn
      extends DoFn<KV<Integer, Iterable<InteractionBlock>>, KV<Integer, Embedding>> {
    private static final int BATCH = 4096;

    private final Counter usersEmbedded =
        Metrics.counter(MaterializeEmbeddings.class, "users_embedded");
    private final PCollectionView<List<ModelArtifact>> models;
    private final PCollectionView<List<String>> itemIds;
    private final PCollectionView<Map<Integer, Long>> firstUsers;
    private transient LoadedModels loaded;

    EmbedUsersFn(
        PCollectionView<List<ModelArtifact>> models,
        PCollectionView<List<String>> itemIds,
        PCollectionView<Map<Integer, Long>> firstUsers) {
      this.models = models;
      this.itemIds = itemIds;
      this.firstUsers = firstUsers;
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
      int shard = context.element().getKey();
      List<String> ids = new ArrayList<>();
      List<UserHistory> histories = new ArrayList<>();
      ShardHistories.forEach(
          ByShard.inOrder(context.element().getValue()),
          Math.toIntExact(context.sideInput(firstUsers).get(shard)),
          IdIndex.of(context.sideInput(itemIds)),
          (user, history) -> {
            ids.add(user);
            histories.add(history);
          });
      for (ModelArtifact artifact : context.sideInput(models)) {
        Optional<FittedModel.Embeddings> embeddings = loaded.get(artifact).embeddings();
        for (int start = 0; embeddings.isPresent() && start < ids.size(); start += BATCH) {
          int end = Math.min(start + BATCH, ids.size());
          FloatMatrix rows = embeddings.get().users(histories.subList(start, end));
          for (int row = 0; row < rows.rows(); row++) {
            context.output(KV.of(shard, embedding(ids.get(start + row), artifact, rows, row)));
          }
          usersEmbedded.inc(rows.rows());
        }
      }
    }
  }
}
