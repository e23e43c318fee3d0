package io.towerbeam.transforms.read;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * Where a data set's files are, and what is in them.
 *
 * @param interactions the file, or the pattern of the files, that hold the interactions
 * @param interactionFormat what is in them
 * @param items the file, or the pattern of the files, that hold the catalogue
 * @param itemFormat what is in them
 */
public record InputLayout(
    String interactions, InteractionFormat interactionFormat, String items, ItemFormat itemFormat) {
  /** Looking into every file of a large set would keep the user waiting; workers check them all. */
  private static final int MAX_FILES_OPENED = 100;

  /**
   * Finds out whether the inputs can be read: looks the patterns up, and into the first line of up
   * to 100 files of each. Changes nothing.
   *
   * @throws InputException if a pattern matches no file, a file cannot be opened, or a column is
   *     missing
   */
  public void check() {
    checkInteractions(interactions, interactionFormat);
    checkItems(items, itemFormat);
  }

  /** As {@link #check}, of interactions alone. */
  public static void checkInteractions(String pattern, InteractionFormat format) {
    checkFiles(pattern, format.text(), table -> new InteractionParser(format, table));
  }

  /** As {@link #check}, of a catalogue alone. */
  public static void checkItems(String pattern, ItemFormat format) {
    checkFiles(pattern, format.text(), table -> new ItemParser(format, table));
  }

  /**
   * The names of the columns in the first of the files that match {@code pattern}.
   *
   * @throws InputException if there is none, or it cannot be opened
   */
  public static List<String> columns(String pattern, DelimitedText text) {
    Metadata file = InputFiles.match(pattern).get(0);
    try {
      return TableStart.read(file.resourceId(), text).columns();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Metadata file, IOException cause) {
    return new InputException(file.resourceId() + ": cannot be read: " + cause.getMessage(), cause);
  }

  private static void checkFiles(
      String pattern, DelimitedText text, Consumer<TableStart> columnCheck) {
    List<Metadata> files = InputFiles.match(pattern);
    for (Metadata file : files.subList(0, Math.min(files.size(), MAX_FILES_OPENED))) {
      try {
        columnCheck.accept(TableStart.read(file.resourceId(), text));
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
  }
}
