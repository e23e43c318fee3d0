package io.towerbeam.ml.data;

/** Which shard a user belongs to: a function of the id and the number of shards alone. */
public final class Shards {
  private Shards() {}

  /** The shard of {@code userId}, 0 ≤ shard &lt; {@code shards}. */
  public static int of(String userId, int shards) {
    // String.hashCode is fixed by the language; the finaliser is MurmurHash3's.
    int h = userId.hashCode();
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return Math.floorMod(h ^ (h >>> 16), shards);
  }
}
