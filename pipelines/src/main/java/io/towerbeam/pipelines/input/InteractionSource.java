package io.towerbeam.pipelines.input;

import io.towerbeam.transforms.read.InputException;
import io.towerbeam.transforms.read.ReadInteractions;
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

  /** Adds the reading step. */
  ReadInteractions.Result read(PBegin begin);
}
