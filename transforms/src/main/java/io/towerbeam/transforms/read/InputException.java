package io.towerbeam.transforms.read;

/**
 * An input as a whole cannot be read: a file is missing, unreadable, or lacks a column. The message
 * is one line for a person, and names the file. A row that cannot be read is a {@link
 * io.towerbeam.schemas.RejectedRecord} instead.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An input that cannot be read. */
  public InputException(String message) {
    super(message);
  }

  /** An input that cannot be read because of {@code cause}. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
