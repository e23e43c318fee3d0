package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.InputFile;
import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.RecordFiles;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.values.PBegin;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Interactions that lie somewhere, in one of the forms that can be read. */
public interface InteractionSource {
  /**
   * Makes sure that they can be read and have their columns.
   *
   * @throws InputException if not
   */
  void validate();

  /** Puts into the options which state of the source it is, where that can be told. */
  default void nameIn(InteractionOptions options) {}

  /** The files that are read. */
  List<String> patterns();

  /** The tables that are read. */
  default List<InputFile> tables() {
    return List.of();
  }

  /** The columns that are read. */
  List<InputColumn> columns();

  /** Adds the reading step. */
  ReadInteractions.Result read(PBegin begin);

  /** The table or the files that the options name; empty if they name none. Looks into them. */
  static Optional<InteractionSource> of(@Nullable String files, InteractionOptions options) {
    if (options.getInteractionsTable() != null) {
      return Optional.of(TableInteractions.of(options));
    }
    return Optional.ofNullable(files).map(pattern -> ofFiles(pattern, options));
  }

  /** Files by the column names of the options, of the kind that they are; looks into them. */
  static InteractionSource ofFiles(String pattern, InteractionOptions options) {
    return RecordFiles.kind(pattern)
        .<InteractionSource>map(kind -> RecordInteractions.of(pattern, kind, options))
        .orElseGet(() -> TextInteractions.of(pattern, options));
  }
}
