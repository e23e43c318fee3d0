package io.towerbeam.ml.models.sparse;

import io.towerbeam.ml.models.ModelFitException;
import java.util.Arrays;

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

    /**
     * The matrix of all rows.
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
