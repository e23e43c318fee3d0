package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.InputLayout;
import io.towerbeam.transforms.read.InteractionFormat;
import io.towerbeam.transforms.read.ItemFormat;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.ReadItems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a published model is given beside what its run knows: interactions, items, both or neither.
 *
 * @param interactions the interaction files; null if there are none
 * @param interactionFormat what is in them
 * @param items the catalogue files; null if there are none
 * @param itemFormat what is in them
 */
record GivenInput(
    @Nullable String interactions,
    @Nullable InteractionFormat interactionFormat,
    @Nullable String items,
    @Nullable ItemFormat itemFormat) {

  /**
   * The interactions that the options name. Looks into folders and headers.
   *
   * @throws UsageException if options exclude each other, or files cannot be read
   */
  static GivenInput of(ServingOptions options) {
    if (options.getInput() != null && options.getInteractions() != null) {
      throw new UsageException("--input and --interactions exclude each other: give one of them");
    }
    return checked(
        () -> {
          if (options.getInput() != null) {
            InputSource folder = InputSource.ofFolder(options.getInput());
            return new GivenInput(folder.interactions(), folder.interactionFormat(), null, null);
          }
          String files = options.getInteractions();
          return files == null
              ? new GivenInput(null, null, null, null)
              : new GivenInput(files, InputSource.interactionFormat(files, options), null, null);
        });
  }

  /**
   * The same with items.
   *
   * @param files the catalogue files; null for none
   */
  GivenInput withItems(@Nullable String files, CatalogueOptions options) {
    if (files == null) {
      return this;
    }
    return checked(
        () ->
            new GivenInput(
                interactions, interactionFormat, files, InputSource.itemFormat(files, options)));
  }

  /** Makes sure that files can be read and have their columns. */
  void validate() {
    checked(
        () -> {
          if (interactions != null) {
            InputLayout.checkInteractions(interactions, interactionFormat);
          }
          if (items != null) {
            InputLayout.checkItems(items, itemFormat);
          }
          return this;
        });
  }

  private static GivenInput checked(Supplier<GivenInput> look) {
    try {
      return look.get();
    } catch (InputException | IllegalArgumentException e) { // the latter of an unknown store
      throw new UsageException(e.getMessage());
    }
  }

  boolean hasInteractions() {
    return interactions != null;
  }

  boolean hasItems() {
    return items != null;
  }

  /** The counts that must not be nought. */
  List<String> needed() {
    List<String> needed = new ArrayList<>();
    if (hasInteractions()) {
      needed.add(InputCheck.INTERACTIONS);
    }
    if (hasItems()) {
      needed.add(InputCheck.ITEMS);
    }
    return needed;
  }

  /** The files that are read. */
  List<String> patterns() {
    return Stream.of(interactions, items).filter(pattern -> pattern != null).toList();
  }

  /** Adds the reading steps. */
  InputSource.Rows read(PBegin begin) {
    List<PCollection<RejectedRecord>> rejected = new ArrayList<>();
    PCollection<InteractionBlock> blocks = null;
    PCollection<Item> catalogue = null;
    if (hasInteractions()) {
      ReadInteractions.Result read =
          begin.apply("ReadInteractions", ReadInteractions.from(interactions, interactionFormat));
      rejected.add(read.rejected());
      blocks = read.blocks();
    }
    if (hasItems()) {
      ReadItems.Result read = begin.apply("ReadItems", ReadItems.from(items, itemFormat));
      rejected.add(read.rejected());
      catalogue = read.items();
    }
    return new InputSource.Rows(
        blocks == null ? none(begin, InteractionBlock.class) : blocks,
        catalogue == null ? none(begin, Item.class) : catalogue,
        rejected.isEmpty()
            ? none(begin, RejectedRecord.class)
            : PCollectionList.of(rejected).apply("Rejected", Flatten.pCollections()));
  }

  private static <T extends SpecificRecord> PCollection<T> none(PBegin begin, Class<T> type) {
    return begin.apply("No" + type.getSimpleName(), Create.empty(AvroCoder.specific(type)));
  }
}
