package io.towerbeam.transforms.testing;

import io.towerbeam.ml.random.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Small damages to bytes, one after the other. */
final class Mutations {
  private static final int LONGEST = 1 << 17;
  private static final int MOST_AT_ONCE = 4;

  /** Separators, quotes and line ends; broken UTF-8; numbers at the ends of their ranges. */
  private static final List<byte[]> TOKENS =
      List.of(
          bytes(","),
          bytes("::"),
          bytes("\""),
          bytes("\n"),
          bytes("\r"),
          bytes("\0"),
          bytes("-"),
          bytes("NaN"),
          bytes("1e999"),
          bytes("99999999999999999999"),
          bytes("{"),
          bytes("]"),
          bytes("null"),
          bytes("\ufeff"),
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xc3},
          new byte[] {(byte) 0xed, (byte) 0xa0},
          new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
          new byte[70_000]);

  private Mutations() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** {@code start} with one to four damages; {@code other} lends it a part. */
  static byte[] of(byte[] start, byte[] other, CounterRandom random) {
    byte[] bytes = start;
    for (int left = 1 + random.nextInt(MOST_AT_ONCE); left > 0; left--) {
      bytes = once(bytes, other, random);
    }
    return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
  }

  private static byte[] once(byte[] bytes, byte[] other, CounterRandom random) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(bytes.length - from, 64) + 1);
    return switch (random.nextInt(7)) {
      case 0 -> flipped(bytes, random);
      case 1 -> replaced(bytes, from, from, TOKENS.get(random.nextInt(TOKENS.size())));
      case 2 -> replaced(bytes, from, to, new byte[0]);
      case 3 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      case 4 -> replaced(bytes, from, to, TOKENS.get(random.nextInt(TOKENS.size())));
      case 5 -> replaced(bytes, from, bytes.length, tail(other, random));
      default -> Arrays.copyOf(bytes, from);
    };
  }

  private static byte[] flipped(byte[] bytes, CounterRandom random) {
    byte[] flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] tail(byte[] bytes, CounterRandom random) {
    return Arrays.copyOfRange(bytes, random.nextInt(bytes.length + 1), bytes.length);
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
    return ByteBuffer.allocate(from + with.length + bytes.length - to)
        .put(bytes, 0, from)
        .put(with)
        .put(bytes, to, bytes.length - to)
        .array();
  }
}
