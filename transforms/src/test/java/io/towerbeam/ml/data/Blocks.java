package io.towerbeam.ml.data;

import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.List;

/** Blocks from lines such as {@code "user item time"} or {@code "user item time rating"}. */
public final class Blocks {
  private Blocks() {}

  /** A block that was not sharded. */
  public static InteractionBlock of(String... lines) {
    return inShard(-1, 0, lines);
  }

  /** A block in its place in a shard. */
  public static InteractionBlock inShard(int shard, long offset, String... lines) {
    BlockBuilder builder = new BlockBuilder();
    for (String line : lines) {
      String[] fields = line.split(" ");
      float rating = fields.length > 3 ? Float.parseFloat(fields[3]) : Float.NaN;
      builder.add(fields[0], fields[1], rating, Long.parseLong(fields[2]));
    }
    return builder.build("", offset, shard, null);
  }

  /** The rows of blocks as {@code "user item time"}, with the rating if there is one. */
  public static List<String> lines(Iterable<InteractionBlock> blocks) {
    List<String> lines = new ArrayList<>();
    for (InteractionBlock block : blocks) {
      InteractionColumns rows = InteractionColumns.of(block);
      for (int row = 0; row < rows.rows(); row++) {
        float rating = rows.ratings()[row];
        lines.add(
            rows.userId(row)
                + " "
                + rows.itemId(row)
                + " "
                + rows.times()[row]
                + (Float.isNaN(rating) ? "" : " " + rating));
      }
    }
    return lines;
  }
}
