package io.towerbeam.transforms.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The lines of a file that begin in [start, end).
 *
 * @param file the file
 * @param table what its beginning tells
 * @param start a byte, not before the first row
 * @param end a byte, or beyond the file
 */
record FileRange(ResourceId file, TableStart table, long start, long end) implements Serializable {

  /**
   * The rows of {@code file} in ranges of {@code rangeBytes}, the last shorter; in one range where
   * it cannot be entered in the middle. Empty if the file has no rows.
   */
  static List<FileRange> split(Metadata file, TableStart table, long rangeBytes) {
    if (InputFiles.isCompressed(file.resourceId()) || !file.isReadSeekEfficient()) {
      return List.of(new FileRange(file.resourceId(), table, table.dataOffset(), Long.MAX_VALUE));
    }
    List<FileRange> ranges = new ArrayList<>();
    long bytes = file.sizeBytes();
    long start = table.dataOffset();
    while (start < bytes) {
      long end = bytes - start <= rangeBytes ? bytes : start + rangeBytes;
      ranges.add(new FileRange(file.resourceId(), table, start, end));
      start = end;
    }
    return ranges;
  }

  /** Where to begin reading: the byte before the range tells whether a line begins with it. */
  long readOffset() {
    return startsAtLine() ? start : start - 1;
  }

  /** Whether a line begins with the range for certain. */
  boolean startsAtLine() {
    return start == table.dataOffset();
  }
}
