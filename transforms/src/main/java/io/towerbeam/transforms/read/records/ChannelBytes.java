package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file as bytes at places. Reads ahead, so that going forward in small steps is cheap. */
final class ChannelBytes {
  private static final int AHEAD = 256 * 1024;

  private final SeekableByteChannel channel;
  private final long size;
  private byte[] buffer = new byte[0];
  private long bufferStart;

  ChannelBytes(SeekableByteChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  long size() {
    return size;
  }

  /**
   * {@code count} bytes from {@code at} on.
   *
   * @throws DamagedFileException if they are not all in the file; then no memory was taken
   */
  byte[] read(long at, long count) throws IOException {
    if (at < 0 || count < 0 || count > size - at || count > Integer.MAX_VALUE - 8) {
      throw new DamagedFileException(
          "is damaged or cut off: it has %d bytes, but speaks of %d from byte %d on"
              .formatted(size, count, at));
    }
    byte[] bytes = new byte[(int) count];
    int done = fromBuffer(at, bytes);
    int left = bytes.length - done;
    if (left >= AHEAD) {
      fill(at + done, ByteBuffer.wrap(bytes, done, left));
    } else if (left > 0) {
      buffer = new byte[(int) Math.min(AHEAD, size - at - done)];
      bufferStart = at + done;
      fill(bufferStart, ByteBuffer.wrap(buffer));
      System.arraycopy(buffer, 0, bytes, done, left);
    }
    return bytes;
  }

  /** Up to {@code most} bytes from {@code at} on, fewer where the file ends. */
  byte[] readUpTo(long at, long most) throws IOException {
    return read(at, Math.max(0, Math.min(most, size - at)));
  }

  private int fromBuffer(long at, byte[] bytes) {
    long from = at - bufferStart;
    if (from < 0 || from >= buffer.length) {
      return 0;
    }
    int count = (int) Math.min(bytes.length, buffer.length - from);
    System.arraycopy(buffer, (int) from, bytes, 0, count);
    return count;
  }

  private void fill(long at, ByteBuffer target) throws IOException {
    if (channel.position() != at) {
      channel.position(at);
    }
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new DamagedFileException(
            "has become shorter: it had %d bytes and now ends before".formatted(size));
      }
    }
  }
}
