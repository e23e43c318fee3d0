package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Item;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The catalogue rows of the indexed items, and one with empty content for each that the catalogue
 * does not know. Takes the item ids in index order (one element); these and the catalogue's ids
 * must fit in memory.
 */
@AutoValue
public abstract class IndexedItems
    extends PTransform<PCollection<List<String>>, PCollection<Item>> {
  abstract PCollection<Item> catalogue();

  abstract PCollectionView<Map<String, Boolean>> catalogueIds();

  /**
   * @param catalogue rows with unique ids
   * @param catalogueIds the same rows' ids, as keys
   */
  public static IndexedItems of(
      PCollection<Item> catalogue, PCollectionView<Map<String, Boolean>> catalogueIds) {
    return new AutoValue_IndexedItems(catalogue, catalogueIds);
  }

  @Override
  public PCollection<Item> expand(PCollection<List<String>> itemIds) {
    PCollectionView<Map<String, Boolean>> indexed =
        itemIds.apply("IndexedIds", ParDo.of(new IdsFn())).apply("AsSet", IdSet.view());
    PCollection<Item> known =
        catalogue()
            .apply("AwaitIndexed", Await.of(List.of(indexed), Item::getId))
            .apply("KeepIndexed", ParDo.of(new KeepIndexedFn(indexed)).withSideInputs(indexed))
            .setCoder(AvroCoder.specific(Item.class));
    PCollection<Item> unknown =
        itemIds
            .apply(
                "EmptyContent",
                ParDo.of(new EmptyContentFn(catalogueIds())).withSideInputs(catalogueIds()))
            .setCoder(AvroCoder.specific(Item.class));
    return PCollectionList.of(known).and(unknown).apply("Join", Flatten.pCollections());
  }

  private static final class IdsFn extends DoFn<List<String>, String> {
    @ProcessElement
    public void process(@Element List<String> ids, OutputReceiver<String> out) {
      ids.forEach(out::output);
    }
  }

  private static final class KeepIndexedFn extends DoFn<Item, Item> {
    private final PCollectionView<Map<String, Boolean>> indexed;
    private transient Map<String, Boolean> ids; // a runner may build the map anew at each look

    KeepIndexedFn(PCollectionView<Map<String, Boolean>> indexed) {
      this.indexed = indexed;
    }

    @StartBundle
    public void startBundle() {
      ids = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (ids == null) {
        ids = context.sideInput(indexed);
      }
      if (ids.containsKey(context.element().getId())) {
        context.output(context.element());
      }
    }
  }

  private static final class EmptyContentFn extends DoFn<List<String>, Item> {
    private final PCollectionView<Map<String, Boolean>> catalogueIds;

    EmptyContentFn(PCollectionView<Map<String, Boolean>> catalogueIds) {
      this.catalogueIds = catalogueIds;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Map<String, Boolean> known = context.sideInput(catalogueIds);
      for (String id : context.element()) {
        if (!known.containsKey(id)) {
          context.output(new Item(id, "", List.of(), null, Map.of()));
        }
      }
    }
  }
}
