package io.towerbeam.transforms.files;

import java.io.IOException;
import java.io.InputStream;

/** Files that are held in memory as a whole, if they are small enough for that. */
public final class WholeFile {
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 16;

  private WholeFile() {}

  /** The most bytes that a file may have: a quarter of the process's memory, and some 2 GiB. */
  public static int mostBytes() {
    return (int) Math.min(LONGEST_ARRAY, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * All bytes of a file. What is longer is not read on: of a few packed bytes there may be any
   * number unpacked.
   *
   * @param name the file's, for the message
   * @param most the most bytes it may have
   * @throws IOException if it has more
   */
  public static byte[] read(InputStream in, String name, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (in.read() >= 0) {
      throw new IOException(
          "%s has more than %,d bytes unpacked, too many to be held in memory: cut it into several files"
              .formatted(name, most));
    }
    return bytes;
  }
}
