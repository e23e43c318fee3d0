package io.towerbeam.ml.data;

/**
 * One string per id in a process, as far as a million places go: blocks name the same ids again and
 * again, and millions of equal strings would outweigh the rows themselves. A place keeps the id
 * that came last, so that memory is bounded whatever the number of ids. Thread-safe: a string that
 * another thread misses is a copy more, nothing else.
 */
public final class SharedIds {
  private static final int PLACE_BITS = 20;
  private static final int GOLDEN_RATIO = 0x9E3779B9; // spreads the hashes of near numbers
  private static final String[] PLACES = new String[1 << PLACE_BITS];

  private SharedIds() {}

  /** An equal string: the one that was given before, if it is still there. */
  public static String of(String id) {
    int place = (id.hashCode() * GOLDEN_RATIO) >>> (Integer.SIZE - PLACE_BITS);
    String shared = PLACES[place];
    if (id.equals(shared)) {
      return shared;
    }
    PLACES[place] = id;
    return id;
  }
}
