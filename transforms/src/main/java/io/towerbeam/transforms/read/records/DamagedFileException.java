package io.towerbeam.transforms.read.records;

import java.io.IOException;

/** A file that is not what its kind prescribes, or holds what is not read here. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, in words that go on from the file's name. */
  public DamagedFileException(String message) {
    super(message);
  }

  /** The same, found by a fault of a library: its own words would not help, but its place may. */
  DamagedFileException(String message, Exception fault) {
    super(message);
    addSuppressed(fault);
  }
}
