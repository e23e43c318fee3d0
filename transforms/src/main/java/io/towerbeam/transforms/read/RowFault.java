package io.towerbeam.transforms.read;

import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Why a row is not taken. Carries no stack trace, so that a file of bad rows stays cheap. */
final class RowFault extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MAX_PAYLOAD_BYTES = 64 * 1024;
  private static final int MAX_SHOWN = 40;

  private final RejectionReason reason;

  RowFault(RejectionReason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  RejectionReason reason() {
    return reason;
  }

  /** The record of a row not taken, {@code bytes[from, to)}. */
  RejectedRecord toRecord(
      String stage, byte[] bytes, int from, int to, String source, long offset) {
    int cut = Math.min(to, from + MAX_PAYLOAD_BYTES);
    return RejectedRecord.newBuilder()
        .setStage(stage)
        .setReason(reason)
        .setMessage(getMessage())
        .setPayload(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, cut)))
        .setSource(source)
        .setOffset(offset)
        .build();
  }

  /** {@code value} in quotes, short and on one line. */
  static String shown(String value) {
    String cut = value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
    return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
