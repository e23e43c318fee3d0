package io.towerbeam.ml.models.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of all that determines a training's outcome. Not thread-safe. */
public final class Fingerprint {
  private static final int CHUNK = 1 << 14;

  private final MessageDigest digest;

  public Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes in a text. */
  public Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  /** Takes in whole numbers. */
  public Fingerprint add(int[] numbers) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Integer.BYTES);
    for (int from = 0; from < numbers.length; from += CHUNK) {
      int length = Math.min(CHUNK, numbers.length - from);
      chunk.clear().asIntBuffer().put(numbers, from, length);
      digest.update(chunk.limit(length * Integer.BYTES));
    }
    return this;
  }

  /** Takes in real numbers. */
  public Fingerprint add(float[] numbers) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int from = 0; from < numbers.length; from += CHUNK) {
      int length = Math.min(CHUNK, numbers.length - from);
      chunk.clear().asFloatBuffer().put(numbers, from, length);
      digest.update(chunk.limit(length * Float.BYTES));
    }
    return this;
  }

  /** The fingerprint as 64 hexadecimal digits; takes in nothing more. */
  public String toHex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
