package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.data.IdOrder;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.FeatureSpec;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ItemFeatures;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.RunFiles;
import io.towerbeam.transforms.write.WriteShards;
import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableComparator;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Which file of the run directory each record goes to, and in what order. */
final class RunWriters {
  private static final int DEAD_LETTER_FILES = 4;

  private RunWriters() {}

  static PTransform<PCollection<InteractionBlock>, PCollection<KV<String, Long>>> blocks(
      RunFiles run, String side, int shards) {
    return writer(
        InteractionBlock.class,
        run.data(),
        block -> WriteShards.name(side, block.getShard(), shards),
        (a, b) -> {
          int byPlace = Long.compare(a.getOffset(), b.getOffset());
          return byPlace != 0 || a.getExclusion() == null
              ? byPlace
              : a.getExclusion().compareTo(b.getExclusion());
        });
  }

  static PTransform<PCollection<RejectedRecord>, PCollection<KV<String, Long>>> deadLetters(
      RunFiles run) {
    return writer(
        RejectedRecord.class,
        run.deadLetter(),
        rejected ->
            WriteShards.name(
                "rejected",
                Shards.of(rejected.getSource() + rejected.getOffset(), DEAD_LETTER_FILES),
                DEAD_LETTER_FILES),
        (a, b) ->
            Comparator.comparing(RejectedRecord::getSource)
                .thenComparing(RejectedRecord::getOffset)
                .thenComparing(RejectedRecord::getPayload)
                .compare(a, b));
  }

  static PTransform<PCollection<IndexEntry>, PCollection<KV<String, Long>>> itemIndex(
      RunFiles run) {
    return writer(
        IndexEntry.class,
        run.index(),
        entry -> WriteShards.name("items", 0, 1),
        (a, b) -> Integer.compare(a.getIndex(), b.getIndex()));
  }

  static PTransform<PCollection<KV<Integer, IndexEntry>>, PCollection<KV<String, Long>>> userIndex(
      RunFiles run, int shards) {
    return keyedWriter(
        IndexEntry.class,
        run.index(),
        user -> WriteShards.name("users", user.getKey(), shards),
        (a, b) -> Integer.compare(a.getIndex(), b.getIndex()));
  }

  static PTransform<PCollection<FeatureSpec>, PCollection<KV<String, Long>>> featureSpec(
      RunFiles run) {
    return writer(FeatureSpec.class, run.features(), spec -> "feature-spec.avro", (a, b) -> 0);
  }

  static PTransform<PCollection<ItemFeatures>, PCollection<KV<String, Long>>> itemFeatures(
      RunFiles run) {
    return writer(
        ItemFeatures.class,
        run.features(),
        item -> WriteShards.name("items", 0, 1),
        (a, b) -> IdOrder.INSTANCE.compare(a.getId(), b.getId()));
  }

  /** The indexed items. */
  static PTransform<PCollection<Item>, PCollection<KV<String, Long>>> catalogue(RunFiles run) {
    return items(run.features(), "catalogue");
  }

  /** All items, of a prepared run. */
  static PTransform<PCollection<Item>, PCollection<KV<String, Long>>> wholeCatalogue(RunFiles run) {
    return items(run.catalogue(), "items");
  }

  private static PTransform<PCollection<Item>, PCollection<KV<String, Long>>> items(
      Folder folder, String prefix) {
    return writer(
        Item.class,
        folder,
        item -> WriteShards.name(prefix, 0, 1),
        (a, b) -> IdOrder.INSTANCE.compare(a.getId(), b.getId()));
  }

  static PTransform<PCollection<Recommendation>, PCollection<KV<String, Long>>> recommendations(
      Folder folder, int shards) {
    return writer(
        Recommendation.class,
        folder,
        list ->
            list.getModel()
                + "/"
                + WriteShards.name("users", Shards.of(list.getUserId(), shards), shards),
        (a, b) -> IdOrder.INSTANCE.compare(a.getUserId(), b.getUserId()));
  }

  static PTransform<PCollection<KV<Integer, Embedding>>, PCollection<KV<String, Long>>> embeddings(
      RunFiles run, String prefix, int shards) {
    return keyedWriter(
        Embedding.class,
        run.embeddings(),
        embedding ->
            embedding.getValue().getModel()
                + "/"
                + WriteShards.name(prefix, embedding.getKey(), shards),
        (a, b) -> IdOrder.INSTANCE.compare(a.getId(), b.getId()));
  }

  private static <T extends SpecificRecord>
      PTransform<PCollection<T>, PCollection<KV<String, Long>>> writer(
          Class<T> type,
          Folder folder,
          SerializableFunction<T, String> name,
          SerializableComparator<T> order) {
    return new Writer<>(type, folder, name, record -> record, order);
  }

  private static <T extends SpecificRecord>
      PTransform<PCollection<KV<Integer, T>>, PCollection<KV<String, Long>>> keyedWriter(
          Class<T> type,
          Folder folder,
          SerializableFunction<KV<Integer, T>, String> name,
          SerializableComparator<T> order) {
    return new Writer<>(type, folder, name, KV::getValue, order);
  }

  private static final class Writer<E, T extends SpecificRecord>
      extends PTransform<PCollection<E>, PCollection<KV<String, Long>>> {
    private final Class<T> type;
    private final Folder folder;
    private final SerializableFunction<E, String> name;
    private final SerializableFunction<E, T> record;
    private final SerializableComparator<T> order;

    Writer(
        Class<T> type,
        Folder folder,
        SerializableFunction<E, String> name,
        SerializableFunction<E, T> record,
        SerializableComparator<T> order) {
      this.type = type;
      this.folder = folder;
      this.name = name;
      this.record = record;
      this.order = order;
    }

    @Override
    public PCollection<KV<String, Long>> expand(PCollection<E> elements) {
      SerializableFunction<E, String> fileName = name;
      SerializableFunction<E, T> toRecord = record;
      return elements
          .apply(
              "NameFile",
              MapElements.into(
                      TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptor.of(type)))
                  .via(element -> KV.of(fileName.apply(element), toRecord.apply(element))))
          .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(type)))
          .apply("Write", WriteShards.of(type, folder, order));
    }
  }
}
