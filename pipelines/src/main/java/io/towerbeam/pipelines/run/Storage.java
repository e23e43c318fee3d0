package io.towerbeam.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.transforms.files.FilePatterns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * Small files in whatever store Beam knows, read and written whole. {@link
 * FileSystems#setDefaultPipelineOptions} must have been called once in the process.
 */
public final class Storage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Storage() {}

  /** True if there is a file of this path; false for a folder in stores that know none. */
  public static boolean exists(String path) throws IOException {
    return !filesIn(path).isEmpty();
  }

  /** The files that match a pattern; empty if none does. */
  public static List<MatchResult.Metadata> filesIn(String pattern) throws IOException {
    return FilePatterns.match(pattern);
  }

  /**
   * A JSON file; empty if there is none.
   *
   * @throws IOException if it cannot be read, or holds something else
   */
  public static Optional<JsonNode> readJson(String path) throws IOException {
    if (!exists(path)) {
      return Optional.empty();
    }
    try (InputStream in = Channels.newInputStream(FileSystems.open(file(path)))) {
      return Optional.of(JSON.readTree(in));
    } catch (JsonProcessingException e) {
      throw new IOException(path + " holds no JSON: " + e.getOriginalMessage());
    }
  }

  /** Writes a text as UTF-8, in place of what was there. */
  public static void write(String path, String text) throws IOException {
    try (WritableByteChannel out = FileSystems.create(file(path), MimeTypes.TEXT)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
  }

  /** Deletes a file; none there is no error. */
  public static void delete(String path) throws IOException {
    FileSystems.delete(List.of(file(path)), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Where on this machine's disks a path lies; empty if it lies elsewhere. */
  public static Optional<Path> onDisk(String path) {
    ResourceId file = file(path);
    return file.getScheme().equals("file")
        ? Optional.of(Path.of(file.toString()))
        : Optional.empty();
  }

  private static ResourceId file(String path) {
    return FileSystems.matchNewResource(path, false);
  }
}
