package io.towerbeam.transforms.evaluate;

import io.towerbeam.transforms.files.FilePatterns;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.DataFileConstants;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/** A look at recommendation files before anything runs. */
public final class RecommendationFiles {
  private static final int MAX_HEADER = 64 * 1024;

  private RecommendationFiles() {}

  /**
   * Finds out whether {@link ReadRecommendations} can read the files that match: whether there are
   * any, and whether those in CSV have the needed columns. Reads no more than their first lines.
   *
   * @throws IllegalArgumentException if not, with one line for a person
   */
  public static void check(String filePattern) {
    try {
      List<MatchResult.Metadata> files = FilePatterns.match(filePattern);
      if (files.isEmpty()) {
        throw new IllegalArgumentException(filePattern + ": no such file");
      }
      for (MatchResult.Metadata file : files) {
        checkFile(file.resourceId());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(filePattern + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void checkFile(ResourceId file) throws IOException {
    Compression compression = Compression.detect(file.getFilename());
    try (InputStream in =
        new BufferedInputStream(
            Channels.newInputStream(compression.readDecompressed(FileSystems.open(file))))) {
      byte[] firstLine = firstLine(in);
      if (!startsWith(firstLine, DataFileConstants.MAGIC)) {
        RecommendationCsv.read(firstLine, file.toString(), true, "");
      }
    }
  }

  private static byte[] firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.size() < MAX_HEADER) {
      line.write(next);
      next = in.read();
    }
    return line.toByteArray();
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
