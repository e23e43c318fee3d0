package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.VectorIndexOptions;
import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.Item;
import io.towerbeam.transforms.write.RunFiles;
import io.towerbeam.transforms.write.WriteVectorIndex;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The vectors once more, for a vector index, if the options ask for it. */
final class VectorIndexFiles {
  private VectorIndexFiles() {}

  /** Whether the options ask for it; those of workflows without the option do not. */
  static boolean wanted(PipelineOptions options) {
    return options instanceof VectorIndexOptions
        && options.as(VectorIndexOptions.class).getVectorIndex() != null;
  }

  /**
   * Adds the steps.
   *
   * @param users (shard, vector)
   * @param items (0, vector)
   * @param catalogue what tells the items' categories, each item once
   */
  static List<PCollection<?>> write(
      RunFiles run,
      int shards,
      PCollection<KV<Integer, Embedding>> users,
      PCollection<KV<Integer, Embedding>> items,
      PCollection<Item> catalogue) {
    PCollectionView<Map<String, List<String>>> categories =
        catalogue
            .apply(
                "Categories",
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.strings(),
                            TypeDescriptors.lists(TypeDescriptors.strings())))
                    .via(item -> KV.of(item.getId(), item.getCategories())))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), ListCoder.of(StringUtf8Coder.of())))
            .apply("CategoriesOfItems", View.asMap());
    return List.of(
        users.apply("WriteUserIndex", WriteVectorIndex.to(run.vectorIndex(), "users", shards)),
        items.apply(
            "WriteItemIndex",
            WriteVectorIndex.to(run.vectorIndex(), "items", 1).withCategories(categories)));
  }
}
