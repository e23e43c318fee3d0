package io.towerbeam.transforms.evaluate;

import io.towerbeam.schemas.RejectionReason;

/** A row's fault, on its way to a rejected record; it never leaves this package. */
final class BadRowException extends Exception {
  private final RejectionReason reason;

  BadRowException(RejectionReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RejectionReason reason() {
    return reason;
  }
}
