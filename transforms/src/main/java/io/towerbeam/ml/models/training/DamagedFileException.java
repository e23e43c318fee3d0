package io.towerbeam.ml.models.training;

import java.io.IOException;

/** A file was read whole, but is not what was written: cut short, altered, or of another kind. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedFileException(String message) {
    super(message);
  }

  public DamagedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
