package io.towerbeam.ml.models.sparse;

/** The largest of many values, in time proportional to their number however many are kept. */
public final class Largest {
  private Largest() {}

  /**
   * The positions of the {@code count} largest values above zero, ascending; of equal values the
   * earlier position. Fewer if fewer are above zero.
   *
   * @param values finite; left as they are
   */
  public static int[] positions(double[] values, int count) {
    double[] positive = new double[values.length];
    int size = 0;
    for (double value : values) {
      if (value > 0) {
        positive[size++] = value;
      }
    }
    int kept = Math.min(size, count);
    if (kept == 0) {
      return new int[0];
    }
    double least = kept == size ? 0 : largest(positive, size, kept);
    int equals = kept;
    for (double value : values) {
      if (value > least) {
        equals--;
      }
    }
    return positionsFrom(values, least, equals, kept);
  }

  private static int[] positionsFrom(double[] values, double least, int equals, int kept) {
    int[] positions = new int[kept];
    int size = 0;
    int equalsLeft = equals;
    for (int position = 0; position < values.length && size < kept; position++) {
      double value = values[position];
      if (value > least || value == least && equalsLeft-- > 0) {
        positions[size++] = position;
      }
    }
    return positions;
  }

  /** The {@code rank}th largest, from 1, of the first {@code size} values, which are reordered. */
  private static double largest(double[] values, int size, int rank) {
    int from = 0;
    int to = size - 1;
    int wanted = rank - 1;
    while (from < to) { // Hoare's quickselect: the value wanted always lies from 'from' to 'to'
      double pivot = median(values[from], values[(from + to) >>> 1], values[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (values[i] > pivot) {
          i++;
        }
        while (values[j] < pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (wanted <= j) {
        to = j;
      } else if (wanted >= i) {
        from = i;
      } else {
        break;
      }
    }
    return values[wanted];
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
