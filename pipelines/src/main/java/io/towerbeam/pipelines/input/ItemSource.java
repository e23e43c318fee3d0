package io.towerbeam.pipelines.input;

import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.ReadItems;
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

  /** Adds the reading step. */
  ReadItems.Result read(PBegin begin);
}
