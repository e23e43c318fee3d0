package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.RecordFiles;
import java.util.List;
import org.apache.beam.sdk.values.PBegin;

/** Interactions that lie somewhere, in one of the forms that can be read. */
public interface InteractionSource {
  /**
   * Makes sure that they can be read and have their columns.
   *
   * @throws InputException if not
   */
  void validate();

  /** The files that are read. */
  List<String> patterns();

  /** The columns that are read. */
  List<InputColumn> columns();

  /** Adds the reading step. */
  ReadInteractions.Result read(PBegin begin);

  /** Files by the column names of the options, of the kind that they are; looks into them. */
  static InteractionSource ofFiles(String pattern, InteractionOptions options) {
    return RecordFiles.kind(pattern)
        .<InteractionSource>map(kind -> RecordInteractions.of(pattern, kind, options))
        .orElseGet(() -> TextInteractions.of(pattern, options));
  }
}
