package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.ReadItems;
import io.towerbeam.transforms.read.RecordFiles;
import java.util.List;
import org.apache.beam.sdk.values.PBegin;

/** A catalogue that lies somewhere, in one of the forms that can be read. */
public interface ItemSource {
  /**
   * Makes sure that it can be read and has its columns.
   *
   * @throws InputException if not
   */
  void validate();

  /** The files that are read. */
  List<String> patterns();

  /** The columns that are read. */
  List<InputColumn> columns();

  /** Adds the reading step. */
  ReadItems.Result read(PBegin begin);

  /** Files by the column names of the options, of the kind that they are; looks into them. */
  static ItemSource ofFiles(String pattern, CatalogueOptions options) {
    return RecordFiles.kind(pattern)
        .<ItemSource>map(kind -> RecordItems.of(pattern, kind, options))
        .orElseGet(() -> TextItems.of(pattern, options));
  }
}
