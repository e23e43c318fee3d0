package io.towerbeam.transforms.write;

import java.util.List;

/** A run must not go on; its {@code outcome.json} says so already. */
public class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunFailedException(List<String> reasons) {
    super(String.join("; ", reasons));
  }
}
