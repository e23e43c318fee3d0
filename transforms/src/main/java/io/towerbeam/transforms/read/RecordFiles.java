package io.towerbeam.transforms.read;

import io.towerbeam.transforms.read.records.DamagedFileException;
import io.towerbeam.transforms.read.records.RecordFile;
import io.towerbeam.transforms.read.records.RecordKind;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.ResourceId;

/** Finds, tells apart and opens files of Avro and Parquet. */
public final class RecordFiles {
  private static final int MAX_FILES_OPENED = 100;

  private RecordFiles() {}

  /** What is done with an open file. */
  @FunctionalInterface
  interface Use {
    void with(RecordFile file) throws IOException;
  }

  /**
   * Of what kind the files of {@code pattern} are, by their names' ends or else by their first
   * bytes; empty if of neither. Looks into up to 100 files.
   *
   * @throws InputException if there is no file, one cannot be opened, or not all are of one kind
   */
  public static Optional<RecordKind> kind(String pattern) {
    Map<String, String> found = new TreeMap<>();
    List<Metadata> files = InputFiles.match(pattern);
    for (Metadata file : files.subList(0, Math.min(files.size(), MAX_FILES_OPENED))) {
      found.putIfAbsent(
          kind(file.resourceId()).map(RecordKind::toString).orElse("text"),
          file.resourceId().toString());
    }
    if (found.size() > 1) {
      throw new InputException(
          "%s: matches files of more than one kind: %s; give a pattern of one kind"
              .formatted(
                  pattern,
                  String.join(
                      ", ",
                      found.entrySet().stream()
                          .map(e -> e.getKey() + " (" + e.getValue() + ")")
                          .toList())));
    }
    return kind(files.get(0).resourceId());
  }

  private static Optional<RecordKind> kind(ResourceId file) {
    String name = String.valueOf(file.getFilename());
    Optional<RecordKind> named = RecordKind.ofName(name);
    if (named.isPresent() || DelimitedText.isNameOfOne(name)) {
      return named;
    }
    try (ReadableByteChannel channel = FileSystems.open(file)) {
      return RecordKind.ofStart(channel);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The schemas of the files that match {@code pattern}, of up to 100 of them.
   *
   * @throws InputException if there is none, or one cannot be read
   */
  public static List<RecordTable> tables(String pattern, RecordKind kind) {
    return tables(pattern, kind, MAX_FILES_OPENED);
  }

  /** The schema of the first of them alone. */
  public static RecordTable firstTable(String pattern, RecordKind kind) {
    return tables(pattern, kind, 1).get(0);
  }

  private static List<RecordTable> tables(String pattern, RecordKind kind, int most) {
    return InputFiles.match(pattern).stream().limit(most).map(file -> table(file, kind)).toList();
  }

  private static RecordTable table(Metadata file, RecordKind kind) {
    RecordTable[] table = new RecordTable[1];
    try {
      open(
          file.resourceId(),
          file.sizeBytes(),
          kind,
          opened -> table[0] = new RecordTable(file.resourceId().toString(), opened.columns()));
    } catch (IOException e) {
      throw new InputException(file.resourceId() + ": cannot be read: " + e.getMessage(), e);
    }
    return table[0];
  }

  /**
   * Opens a file, uses and closes it.
   *
   * @throws InputException if it is damaged
   */
  static void open(ResourceId file, long bytes, RecordKind kind, Use use) throws IOException {
    try (ReadableByteChannel channel = FileSystems.open(file)) {
      if (!(channel instanceof SeekableByteChannel seekable)) {
        throw new InputException(
            "%s: %s files are read from stores alone that can be entered in the middle of a file"
                .formatted(file, kind));
      }
      use.with(kind.open(seekable, bytes));
    } catch (DamagedFileException e) {
      InputException damaged = new InputException(file + ": " + e.getMessage());
      damaged.addSuppressed(e);
      throw damaged;
    }
  }
}
