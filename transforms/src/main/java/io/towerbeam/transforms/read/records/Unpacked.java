package io.towerbeam.transforms.read.records;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.xerial.snappy.Snappy;

/** Unpacks compressed blocks, up to a size. */
final class Unpacked {
  /** The most bytes that a block of rows, or a page of a column, may have. */
  static final int MAX_BYTES = 256 << 20;

  private Unpacked() {}

  @FunctionalInterface
  private interface Opener {
    InputStream open(InputStream packed) throws IOException;
  }

  static byte[] deflate(byte[] packed, int from, int to, int most) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      return stream(in -> new InflaterInputStream(in, inflater), packed, from, to, most);
    } finally {
      inflater.end();
    }
  }

  static byte[] gzip(byte[] packed, int from, int to, int most) throws IOException {
    return stream(GZIPInputStream::new, packed, from, to, most);
  }

  static byte[] bzip2(byte[] packed, int from, int to, int most) throws IOException {
    return stream(BZip2CompressorInputStream::new, packed, from, to, most);
  }

  static byte[] zstandard(byte[] packed, int from, int to, int most) throws IOException {
    return stream(ZstdInputStream::new, packed, from, to, most);
  }

  static byte[] snappy(byte[] packed, int from, int to, int most) throws IOException {
    try {
      int length = Snappy.uncompressedLength(packed, from, to - from);
      requireAtMost(most, length);
      byte[] bytes = new byte[length];
      Snappy.uncompress(packed, from, to - from, bytes, 0);
      return bytes;
    } catch (DamagedFileException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedFileException("is damaged: " + e.getMessage(), e);
    }
  }

  private static byte[] stream(Opener opener, byte[] packed, int from, int to, int most)
      throws IOException {
    try (InputStream in = opener.open(new ByteArrayInputStream(packed, from, to - from))) {
      byte[] bytes = in.readNBytes(most);
      requireAtMost(most, in.read() < 0 ? bytes.length : most + 1L);
      return bytes;
    } catch (DamagedFileException e) {
      throw e;
    } catch (IOException e) {
      throw new DamagedFileException("is damaged, it cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static void requireAtMost(int most, long length) throws DamagedFileException {
    if (length < 0 || length > most) {
      throw new DamagedFileException(
          "is damaged, or its blocks are too large: one has more than %d bytes unpacked"
              .formatted(most));
    }
  }
}
