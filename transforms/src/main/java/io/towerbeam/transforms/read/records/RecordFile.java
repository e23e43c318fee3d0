package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An open file of records; closing the channel is the opener's affair. Not thread-safe. */
public interface RecordFile {
  /** The columns by name, in the file's order. */
  Map<String, ColumnType> columns();

  /**
   * The file in parts that can be read each by itself and that together hold every row once.
   *
   * @param bytes how large a part shall be; where the file cannot be cut so, parts are larger
   */
  List<RecordPart> parts(long bytes);

  /**
   * Gives the rows of a part in order. Holds a compressed block of rows at a time of Avro, a page
   * of each wanted column of Parquet: at most {@link Unpacked#MAX_BYTES} each.
   *
   * @throws DamagedFileException if they cannot be read; those before were given
   */
  void read(RecordPart part, List<String> wanted, RowConsumer rows) throws IOException;

  /** Takes rows. */
  @FunctionalInterface
  interface RowConsumer {
    /**
     * @param offset where the row is: in Avro the byte at which its block begins, in Parquet its
     *     number in the file
     * @param values of the wanted columns, see {@link ColumnType}; valid during the call
     */
    void row(long offset, Object[] values);
  }
}
