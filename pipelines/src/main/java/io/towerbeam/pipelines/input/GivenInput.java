package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.pipelines.options.ServingOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.schemas.InputFile;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.ReadItems;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a published model is given beside what its run knows: interactions, items, both or neither.
 *
 * @param interactions null if there are none
 * @param items null if there are none
 */
public record GivenInput(@Nullable InteractionSource interactions, @Nullable ItemSource items) {
  /**
   * The interactions that the options name. Looks into folders and headers.
   *
   * @throws UsageException if options exclude each other, or files cannot be read
   */
  public static GivenInput of(ServingOptions options) {
    InputSource.requireOneOf(options, options.getInput(), options.getInteractions());
    return InputSource.looked(() -> new GivenInput(interactions(options), null));
  }

  private static @Nullable InteractionSource interactions(ServingOptions options) {
    if (options.getInput() != null) {
      return PreparedRun.isRun(options.getInput())
          ? PreparedInput.of(options.getInput()).interactions()
          : InputSource.ofFolder(options.getInput()).interactions();
    }
    return InteractionSource.of(options.getInteractions(), options).orElse(null);
  }

  /**
   * The same with items.
   *
   * @param files the catalogue files; null for none
   */
  public GivenInput withItems(@Nullable String files, CatalogueOptions options) {
    return files == null
        ? this
        : InputSource.looked(
            () -> new GivenInput(interactions, ItemSource.ofFiles(files, options)));
  }

  /**
   * Makes sure that files and tables can be read and have their columns. Which prepared run or
   * state of a table it is, if it is one, is put into the options.
   */
  public void validate(ServingOptions options) {
    if (hasInteractions()) {
      interactions.nameIn(options);
    }
    InputSource.looked(
        () -> {
          requireReadable();
          return this;
        });
  }

  /**
   * Makes sure that files can be read and have their columns.
   *
   * @throws InputException if not
   */
  void requireReadable() {
    if (hasInteractions()) {
      interactions.validate();
    }
    if (hasItems()) {
      items.validate();
    }
  }

  public boolean hasInteractions() {
    return interactions != null;
  }

  public boolean hasItems() {
    return items != null;
  }

  /** The files that are read. */
  public List<String> patterns() {
    List<String> patterns = new ArrayList<>();
    if (hasInteractions()) {
      patterns.addAll(interactions.patterns());
    }
    if (hasItems()) {
      patterns.addAll(items.patterns());
    }
    return List.copyOf(patterns);
  }

  /** The tables that are read. */
  public List<InputFile> tables() {
    return hasInteractions() ? interactions.tables() : List.of();
  }

  /** Adds the reading steps. */
  public InputSource.Rows read(PBegin begin) {
    List<PCollection<RejectedRecord>> rejected = new ArrayList<>();
    PCollection<InteractionBlock> blocks = null;
    PCollection<Item> catalogue = null;
    if (hasInteractions()) {
      ReadInteractions.Result read = interactions.read(begin);
      rejected.add(read.rejected());
      blocks = read.blocks();
    }
    if (hasItems()) {
      ReadItems.Result read = items.read(begin);
      rejected.add(read.rejected());
      catalogue = read.items();
    }
    return new InputSource.Rows(
        blocks == null ? InputSource.Rows.none(begin, InteractionBlock.class) : blocks,
        catalogue == null ? InputSource.Rows.none(begin, Item.class) : catalogue,
        rejected.isEmpty()
            ? InputSource.Rows.none(begin, RejectedRecord.class)
            : PCollectionList.of(rejected).apply("Rejected", Flatten.pCollections()));
  }
}
