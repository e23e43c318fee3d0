package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Writes vectors in the layout that Vertex AI Vector Search builds an index of (its "Input data
 * format and structure"): {@code <model>/<side>/part-*.json}, a line of {@code id}, {@code
 * embedding} and {@code restricts} per vector, nothing else in the folder; and beside it {@code
 * <model>/<side>-index.json}, the metadata to create the index with, whose distance is the dot
 * product. Floats are written so that reading gives the same; equal vectors give equal bytes.
 *
 * <p>Gives (path, vectors) of each file, of metadata (path, dimensions). The service takes up to
 * 5,000 files per folder, so give no more shards. One file's vectors must fit in memory.
 */
@AutoValue
public abstract class WriteVectorIndex
    extends PTransform<PCollection<KV<Integer, Embedding>>, PCollection<KV<String, Long>>> {
  private static final int MOST_FILES = 5_000;

  abstract Folder folder();

  abstract String side();

  abstract int shards();

  abstract @Nullable PCollectionView<Map<String, List<String>>> categories();

  /**
   * Writes vectors keyed by shard.
   *
   * @param side such as {@code items}: what the vectors are of
   * @param shards how many shards there are, at most 5,000
   */
  public static WriteVectorIndex to(Folder folder, String side, int shards) {
    if (shards < 1 || shards > MOST_FILES) {
      throw new IllegalArgumentException(
          "shards %d: give 1 to %d, which is how many files are taken"
              .formatted(shards, MOST_FILES));
    }
    return new AutoValue_WriteVectorIndex(folder, side, shards, null);
  }

  /**
   * The same with a namespace {@code category} that queries can be restricted to.
   *
   * @param categories by id; must fit in memory
   */
  public WriteVectorIndex withCategories(PCollectionView<Map<String, List<String>>> categories) {
    return new AutoValue_WriteVectorIndex(folder(), side(), shards(), categories);
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<KV<Integer, Embedding>> vectors) {
    String ofSide = side(); // lambdas that name the fields would drag the transform along
    int ofShards = shards();
    ParDo.SingleOutput<KV<String, Iterable<Embedding>>, KV<String, Long>> writer =
        ParDo.of(new WriteFileFn(folder(), categories()));
    PCollection<KV<String, Long>> files =
        vectors
            .apply(
                "NameFile",
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.strings(), TypeDescriptor.of(Embedding.class)))
                    .via(vector -> KV.of(name(vector, ofSide, ofShards), vector.getValue())))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(Embedding.class)))
            // (file name, [vector])
            .apply("GroupByFile", GroupByKey.create())
            .apply("WriteFile", categories() == null ? writer : writer.withSideInputs(categories()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
    PCollection<KV<String, Long>> metadata =
        vectors
            .apply(
                "Dimensions",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                    .via(
                        vector ->
                            KV.of(
                                vector.getValue().getModel() + "/" + ofSide,
                                (long) vector.getValue().getVector().size())))
            .apply("DimensionsOfModel", Max.longsPerKey())
            .apply("WriteMetadata", ParDo.of(new WriteMetadataFn(folder())))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
    return PCollectionList.of(files).and(metadata).apply("Written", Flatten.pCollections());
  }

  private static String name(KV<Integer, Embedding> vector, String side, int shards) {
    return "%s/%s/part-%05d-of-%05d.json"
        .formatted(vector.getValue().getModel(), side, vector.getKey(), shards);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("folder", folder().path()))
        .add(DisplayData.item("side", side()))
        .add(DisplayData.item("shards", shards()))
        .add(DisplayData.item("restricts", categories() != null));
  }

  private static final class WriteFileFn
      extends DoFn<KV<String, Iterable<Embedding>>, KV<String, Long>> {
    private final Folder folder;
    private final @Nullable PCollectionView<Map<String, List<String>>> categories;

    WriteFileFn(Folder folder, @Nullable PCollectionView<Map<String, List<String>>> categories) {
      this.folder = folder;
      this.categories = categories;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      Map<String, List<String>> known =
          categories == null ? Map.of() : context.sideInput(categories);
      List<Embedding> vectors = new ArrayList<>();
      context.element().getValue().forEach(vectors::add);
      vectors.sort(Comparator.comparing(Embedding::getId));
      String name = context.element().getKey();
      folder.write(
          name,
          out -> {
            for (Embedding vector : vectors) {
              List<String> ofItem = known.getOrDefault(vector.getId(), List.of());
              out.write(VectorIndexJson.line(vector, ofItem));
            }
          });
      context.output(KV.of(folder.file(name), (long) vectors.size()));
    }
  }

  private static final class WriteMetadataFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private final Folder folder;

    WriteMetadataFn(Folder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void process(@Element KV<String, Long> side, OutputReceiver<KV<String, Long>> written)
        throws IOException {
      String name = side.getKey() + "-index.json";
      byte[] json = VectorIndexJson.metadata(folder.folder(side.getKey()).path(), side.getValue());
      folder.write(name, out -> out.write(json));
      written.output(KV.of(folder.file(name), side.getValue()));
    }
  }
}
