package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.HoldoutSpan;
import io.towerbeam.pipelines.options.InputOptions;
import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.pipelines.options.SplitOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.InputFile;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.InputLayout;
import io.towerbeam.transforms.read.MovieLensFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where the rows come from. A new kind of input is an implementation and a line of {@link #of}. */
public interface InputSource {
  /** The rows of an input, and those that could not be read. */
  record Rows(
      PCollection<InteractionBlock> interactions,
      PCollection<Item> items,
      PCollection<RejectedRecord> rejected) {
    static <T extends SpecificRecord> PCollection<T> none(PBegin begin, Class<T> type) {
      return begin.apply("No" + type.getSimpleName(), Create.empty(AvroCoder.specific(type)));
    }
  }

  /**
   * Makes sure that it can be read and has its columns.
   *
   * @throws InputException if not
   */
  void validate();

  /** Whether the rows are generated. */
  boolean isSynthetic();

  /** Whether it tells which items there are. */
  boolean hasCatalogue();

  /** The files that are read. */
  List<String> patterns();

  /** The tables that are read. */
  default List<InputFile> tables() {
    return List.of();
  }

  /** The columns that are read, where files have columns. */
  List<InputColumn> columns();

  /** Adds the reading steps. */
  Rows read(PBegin begin);

  /**
   * The source that the options name. Looks into folders and headers.
   *
   * @throws UsageException if there is none, or options exclude each other
   */
  static InputSource of(InputOptions options) {
    requireOneOf(options, options.getInput(), options.getInteractions());
    boolean hasLog = options.getInteractions() != null || options.getInteractionsTable() != null;
    if (options.getItems() != null && !hasLog) {
      throw new UsageException(
          "--items goes with --interactions or --interactionsTable: give it with one of them, or"
              + " --input");
    }
    return looked(
        () -> {
          if (options.getInput() != null) {
            return PreparedRun.isRun(options.getInput())
                ? PreparedInput.of(options.getInput())
                : ofFolder(options.getInput());
          }
          return hasLog ? ofLog(options) : new GeneratedSample();
        });
  }

  /**
   * The same, and makes sure that files and tables can be read and have their columns. What holds
   * of a prepared run, and which state of a table it is, is put into the options, so that claim and
   * results name it.
   */
  static <O extends InputOptions & SplitOptions> void validate(O options) {
    HoldoutSpan.requireAlone(options);
    InputSource source = of(options);
    if (source instanceof PreparedInput prepared) {
      InheritedOptions.of(prepared).into(options);
    } else if (source instanceof LoggedInput logged) {
      logged.interactions().nameIn(options);
    }
    looked(
        () -> {
          source.validate();
          return source;
        });
  }

  /** Refuses two of them together, and what goes with a table alone where there is none. */
  static void requireOneOf(
      InteractionOptions options, @Nullable String input, @Nullable String interactions) {
    List<String> given = new ArrayList<>();
    if (input != null) {
      given.add("--input");
    }
    if (interactions != null) {
      given.add("--interactions");
    }
    if (options.getInteractionsTable() != null) {
      given.add("--interactionsTable");
    }
    if (given.size() > 1) {
      throw new UsageException(
          "%s and %s exclude each other: give one of them".formatted(given.get(0), given.get(1)));
    }
    TableInteractions.requireTableOptions(options);
  }

  /**
   * What a look at files gives.
   *
   * @throws UsageException if they are not as they should be
   */
  static <T> T looked(Supplier<T> look) {
    try {
      return look.get();
    } catch (InputException | IllegalArgumentException e) { // the latter of an unknown store
      throw new UsageException(inWords(e));
    }
  }

  /** The message, with a service's answer in it put into plain words. */
  private static String inWords(RuntimeException fault) {
    Throwable cause = fault.getCause();
    return cause == null || cause.getMessage() == null
        ? fault.getMessage()
        : fault.getMessage().replace(cause.getMessage(), RunnerSupports.inWordsOrItsOwn(cause));
  }

  /** For {@code describe}. */
  static List<Artifact> artifacts() {
    return List.of(
        Artifact.file("input", "--input", "a MovieLens folder"),
        Artifact.avro(
            "prepared-run",
            "--input",
            InteractionBlock.getClassSchema(),
            "a finished run of prepare: its data, index, catalogue and manifest"),
        Artifact.file(
            "interactions", "--interactions", "interactions as delimited text, Avro or Parquet"),
        Artifact.file(
            "interactions-table", "--interactionsTable", "interactions as a table of BigQuery"),
        Artifact.file("items", "--items", "the item catalogue as delimited text, Avro or Parquet"));
  }

  /** The log and catalogue that a MovieLens folder is. */
  static LoggedInput ofFolder(String folder) {
    InputLayout layout =
        MovieLensFolder.detect(folder)
            .orElseThrow(
                () ->
                    new UsageException(
                        "input",
                        folder,
                        "a folder with "
                            + MovieLensFolder.EXPECTED_FILES
                            + ", or the directory of a prepared run"));
    return new LoggedInput(
        new TextInteractions(layout.interactions(), layout.interactionFormat()),
        new TextItems(layout.items(), layout.itemFormat()));
  }

  private static LoggedInput ofLog(InputOptions options) {
    return new LoggedInput(
        InteractionSource.of(options.getInteractions(), options).orElseThrow(),
        options.getItems() == null ? null : ItemSource.ofFiles(options.getItems(), options));
  }
}
