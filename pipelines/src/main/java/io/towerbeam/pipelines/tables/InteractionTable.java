package io.towerbeam.pipelines.tables;

import io.towerbeam.schemas.InputFile;
import io.towerbeam.transforms.read.InteractionRow;
import io.towerbeam.transforms.read.InteractionTableFormat;
import io.towerbeam.transforms.read.records.ColumnType;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** A table of interactions, as it was when it was looked up. */
public interface InteractionTable {
  /** Its name, as its users write it. */
  String name();

  /** Its columns by name, in order. */
  Map<String, ColumnType> columns();

  /** Its name, size and the time of its last change, for the manifest. */
  InputFile asInput();

  /** Which state it is in: another after every change of its rows. */
  String state();

  /** The step that reads the columns of the format, and no others where that can be had. */
  PTransform<PBegin, PCollection<InteractionRow>> read(InteractionTableFormat format);
}
