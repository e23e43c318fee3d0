package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.read.DelimitedText;
import io.towerbeam.transforms.read.GenerateFilmSample;
import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.InputLayout;
import io.towerbeam.transforms.read.InteractionFormat;
import io.towerbeam.transforms.read.ItemFormat;
import io.towerbeam.transforms.read.MovieLensFolder;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.ReadItems;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where the rows come from: a MovieLens folder, files with named columns, or the generated sample.
 *
 * @param interactions the interaction files; null for the sample
 * @param interactionFormat what is in them; null for the sample
 * @param items the catalogue files; null if there are none
 * @param itemFormat what is in them; null if there are none
 */
record InputSource(
    @Nullable String interactions,
    @Nullable InteractionFormat interactionFormat,
    @Nullable String items,
    @Nullable ItemFormat itemFormat) {

  /** The rows of an input, and those that could not be read. */
  record Rows(
      PCollection<InteractionBlock> interactions,
      PCollection<Item> items,
      PCollection<RejectedRecord> rejected) {}

  /**
   * The source that the options name. Looks into folders and headers.
   *
   * @throws UsageException if there is none, or options exclude each other
   */
  static InputSource of(InputOptions options) {
    if (options.getInput() != null && options.getInteractions() != null) {
      throw new UsageException("--input and --interactions exclude each other: give one of them");
    }
    if (options.getItems() != null && options.getInteractions() == null) {
      throw new UsageException("--items goes with --interactions: give both, or --input");
    }
    try {
      if (options.getInput() != null) {
        return ofFolder(options.getInput());
      }
      return options.getInteractions() == null
          ? new InputSource(null, null, null, null)
          : ofFiles(options);
    } catch (InputException | IllegalArgumentException e) { // the latter of an unknown store
      throw new UsageException(e.getMessage());
    }
  }

  /** The same, and makes sure that files can be read and have their columns. */
  static void validate(InputOptions options) {
    InputSource source = of(options);
    try {
      if (!source.isSynthetic()) {
        InputLayout.checkInteractions(source.interactions, source.interactionFormat);
      }
      if (source.items != null) {
        InputLayout.checkItems(source.items, source.itemFormat);
      }
    } catch (InputException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** For {@code describe}. */
  static List<Artifact> artifacts() {
    return List.of(
        Artifact.file("input", "--input", "a MovieLens folder"),
        Artifact.file("interactions", "--interactions", "interactions as delimited text"),
        Artifact.file("items", "--items", "the item catalogue as delimited text"));
  }

  /** The source that a MovieLens folder is. */
  static InputSource ofFolder(String folder) {
    InputLayout layout =
        MovieLensFolder.detect(folder)
            .orElseThrow(
                () ->
                    new UsageException(
                        "input", folder, "a folder with " + MovieLensFolder.EXPECTED_FILES));
    return new InputSource(
        layout.interactions(), layout.interactionFormat(), layout.items(), layout.itemFormat());
  }

  private static InputSource ofFiles(InputOptions options) {
    return new InputSource(
        options.getInteractions(),
        interactionFormat(options.getInteractions(), options),
        options.getItems(),
        options.getItems() == null ? null : itemFormat(options.getItems(), options));
  }

  /** What is in interaction files; looks into a header. */
  static InteractionFormat interactionFormat(String pattern, InteractionOptions options) {
    DelimitedText text = text(pattern);
    List<String> columns = InputLayout.columns(pattern, text);
    return InteractionFormat.of(
            text,
            options.getUserColumn(),
            options.getItemColumn(),
            ifPresent(options.getRatingColumn(), columns),
            options.getTimeColumn())
        .withOptionalRating()
        .withTimeUnit(TimeUnit.valueOf(options.getTimeUnit().name()));
  }

  /** What is in catalogue files; looks into a header. */
  static ItemFormat itemFormat(String pattern, CatalogueOptions options) {
    DelimitedText text = text(pattern);
    List<String> columns = InputLayout.columns(pattern, text);
    return ItemFormat.of(
        text,
        options.getItemIdColumn(),
        ifPresent(options.getTitleColumn(), columns),
        ifPresent(options.getCategoriesColumn(), columns));
  }

  private static DelimitedText text(String pattern) {
    return DelimitedText.withHeader(DelimitedText.separatorOf(pattern));
  }

  private static String ifPresent(String column, List<String> columns) {
    return columns.contains(column) ? column : "";
  }

  /** Whether the rows are generated. */
  boolean isSynthetic() {
    return interactions == null;
  }

  /** Whether it tells which items there are. */
  boolean hasCatalogue() {
    return isSynthetic() || items != null;
  }

  /** The files that are read. */
  List<String> patterns() {
    if (isSynthetic()) {
      return List.of();
    }
    return items == null ? List.of(interactions) : List.of(interactions, items);
  }

  /** Adds the reading steps. */
  Rows read(PBegin begin) {
    if (isSynthetic()) {
      GenerateFilmSample.Result sample =
          begin.apply("GenerateFilmSample", GenerateFilmSample.create());
      return new Rows(sample.blocks(), sample.items(), none(begin, RejectedRecord.class));
    }
    ReadInteractions.Result read =
        begin.apply("ReadInteractions", ReadInteractions.from(interactions, interactionFormat));
    if (items == null) {
      return new Rows(read.blocks(), none(begin, Item.class), read.rejected());
    }
    ReadItems.Result catalogue = begin.apply("ReadItems", ReadItems.from(items, itemFormat));
    return new Rows(
        read.blocks(),
        catalogue.items(),
        PCollectionList.of(read.rejected())
            .and(catalogue.rejected())
            .apply("Rejected", Flatten.pCollections()));
  }

  private static <T> PCollection<T> none(PBegin begin, Class<T> type) {
    return begin.apply("No" + type.getSimpleName(), Create.empty(AvroCoder.specific(type)));
  }
}
