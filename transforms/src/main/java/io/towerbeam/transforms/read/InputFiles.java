package io.towerbeam.transforms.read;

import io.towerbeam.transforms.files.FilePatterns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.ResourceId;

/** Finds and opens input files, wherever Beam has a file system for them. */
final class InputFiles {
  private static final int SKIP_BYTES = 64 * 1024;

  private InputFiles() {}

  /**
   * The files that {@code pattern} matches, folders left out, in name order.
   *
   * @throws InputException if there is none, or the pattern cannot be looked up
   */
  static List<Metadata> match(String pattern) {
    List<Metadata> files;
    try {
      files =
          FilePatterns.match(pattern).stream()
              .filter(file -> !file.resourceId().isDirectory())
              .sorted(Comparator.comparing(file -> file.resourceId().toString()))
              .toList();
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(pattern + ": cannot be looked up: " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw new InputException(pattern + ": no such file");
    }
    return files;
  }

  /** Whether the file's name says that it is compressed; offsets then count unpacked bytes. */
  static boolean isCompressed(ResourceId file) {
    return compression(file) != Compression.UNCOMPRESSED;
  }

  /** The unpacked bytes of {@code file} from {@code offset} on; the caller closes. */
  static ReadableByteChannel open(ResourceId file, long offset) throws IOException {
    ReadableByteChannel raw = FileSystems.open(file);
    try {
      ReadableByteChannel channel = compression(file).readDecompressed(raw);
      if (channel instanceof SeekableByteChannel seekable) {
        seekable.position(offset);
      } else {
        skip(channel, offset);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static Compression compression(ResourceId file) {
    return Compression.detect(String.valueOf(file.getFilename()));
  }

  private static void skip(ReadableByteChannel channel, long bytes) throws IOException {
    ByteBuffer skipped = ByteBuffer.allocate(SKIP_BYTES);
    long left = bytes;
    while (left > 0) {
      skipped.clear().limit((int) Math.min(left, SKIP_BYTES));
      int count = channel.read(skipped);
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }
}
