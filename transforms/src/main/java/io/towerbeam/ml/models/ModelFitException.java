package io.towerbeam.ml.models;

/** No usable model comes of these data and parameters; the message is one line for a person. */
public class ModelFitException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModelFitException(String message) {
    super(message);
  }

  public ModelFitException(String message, Throwable cause) {
    super(message, cause);
  }
}
