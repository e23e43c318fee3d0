package io.towerbeam.ml.models.sparse;

import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.training.DamagedFileException;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.util.Arrays;
import java.util.List;

/**
 * A matrix of which only the values other than zero are held: those of row r are {@code
 * values[offsets[r]]} to {@code values[offsets[r + 1] - 1]}, and stand in the columns of the same
 * positions. 8 bytes a value and 4 a row.
 *
 * @param columnCount number of columns
 * @param offsets (rows + 1) row starts
 * @param columns (values) columns, ascending in a row; not copied, so do not write to them
 * @param values (values) float32; not copied, so do not write to them
 */
public record SparseRows(int columnCount, int[] offsets, int[] columns, float[] values) {
  private static final String ROW_LENGTHS = "row_lengths";
  private static final String COLUMNS = "columns";
  private static final String VALUES = "values";

  public SparseRows {
    if (offsets[offsets.length - 1] != values.length || columns.length != values.length) {
      throw new IllegalArgumentException(
          "offsets ending in %d, %d columns and %d values do not fit"
              .formatted(offsets[offsets.length - 1], columns.length, values.length));
    }
  }

  /** Number of rows. */
  public int rowCount() {
    return offsets.length - 1;
  }

  /**
   * Adds row {@code row} to the (columnCount) values of {@code sums} that begin at {@code from}.
   */
  public void addRow(int row, float[] sums, int from) {
    int end = offsets[row + 1];
    for (int i = offsets[row]; i < end; i++) {
      sums[from + columns[i]] += values[i];
    }
  }

  /** The same matrix with rows for columns. */
  public SparseRows transposed() {
    int[] starts = new int[columnCount + 1];
    for (int column : columns) {
      starts[column + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] rows = new int[columns.length];
    float[] moved = new float[columns.length];
    for (int row = 0; row < rowCount(); row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        int place = next[columns[i]]++;
        rows[place] = row;
        moved[place] = values[i];
      }
    }
    return new SparseRows(rowCount(), starts, rows, moved);
  }

  /** The matrix as arrays of a file; it has to have room there: {@link ModelArrays#requireRoom}. */
  public List<NamedArray> arrays() {
    return List.of(
        ModelArrays.ofOffsets(ROW_LENGTHS, offsets),
        ModelArrays.ofIndexes(COLUMNS, columns),
        new NamedArray(VALUES, new long[] {values.length}, values));
  }

  /**
   * The matrix whose {@link #arrays} a file has.
   *
   * @throws DamagedFileException if they are no matrix of {@code columnCount} columns
   */
  public static SparseRows of(TensorFile file, int columnCount) throws DamagedFileException {
    float[] values = file.array(VALUES).values();
    int[] offsets = ModelArrays.offsets(file.array(ROW_LENGTHS), values.length);
    NamedArray columns = file.array(COLUMNS);
    if (columns.values().length != values.length) {
      throw new DamagedFileException(
          "%d columns for %d values".formatted(columns.values().length, values.length));
    }
    return new SparseRows(columnCount, offsets, ModelArrays.indexes(columns, columnCount), values);
  }

  /**
   * The same of a matrix that has as many columns as rows.
   *
   * @throws DamagedFileException if they are no such matrix
   */
  public static SparseRows square(TensorFile file) throws DamagedFileException {
    return of(file, file.array(ROW_LENGTHS).values().length);
  }

  /** Collects rows in order. Not thread-safe. Needs twice the memory of what is built. */
  public static final class Builder {
    private final int[][] columns;
    private final float[][] values;
    private final int columnCount;
    private int row;
    private long size;

    /** The first of {@code rowCount} rows is to come. */
    public Builder(int rowCount, int columnCount) {
      columns = new int[rowCount][];
      values = new float[rowCount][];
      this.columnCount = columnCount;
    }

    /** Appends a row of the values of {@code dense} at {@code kept}, ascending, as float32. */
    public void append(double[] dense, int[] kept) {
      float[] picked = new float[kept.length];
      for (int i = 0; i < kept.length; i++) {
        picked[i] = (float) dense[kept[i]];
      }
      columns[row] = kept;
      values[row++] = picked;
      size += kept.length;
    }

    /** Appends the rows of {@code rows}, which have as many columns. */
    public void appendAll(SparseRows rows) {
      for (int from = 0; from < rows.rowCount(); from++) {
        int start = rows.offsets[from];
        int end = rows.offsets[from + 1];
        columns[row] = Arrays.copyOfRange(rows.columns, start, end);
        values[row++] = Arrays.copyOfRange(rows.values, start, end);
        size += end - start;
      }
    }

    /**
     * The matrix of the rows so far.
     *
     * @throws ModelFitException if it is more than a model's file can hold
     */
    public SparseRows build() throws ModelFitException {
      ModelArrays.requireRoom(size, columnCount);
      int[] offsets = new int[row + 1];
      int[] allColumns = new int[(int) size];
      float[] allValues = new float[(int) size];
      for (int r = 0; r < row; r++) {
        System.arraycopy(columns[r], 0, allColumns, offsets[r], columns[r].length);
        System.arraycopy(values[r], 0, allValues, offsets[r], values[r].length);
        offsets[r + 1] = offsets[r] + columns[r].length;
      }
      return new SparseRows(columnCount, offsets, allColumns, allValues);
    }
  }
}
