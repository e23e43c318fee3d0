package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.schemas.ExclusionReason;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import java.util.Arrays;

/** Lists and test rows for tests. */
final class Lists {
  private Lists() {}

  /** A list without scores, best first. */
  static Recommendation list(String model, String user, String... items) {
    return new Recommendation(
        model, user, Arrays.stream(items).map(item -> new RecommendedItem(item, 0f)).toList());
  }

  /** A block of test rows written as {@code user:item}. */
  static InteractionBlock block(String... rows) {
    return excluded(null, rows);
  }

  /** A block of rows that the split left out for {@code reason}. */
  static InteractionBlock excluded(ExclusionReason reason, String... rows) {
    BlockBuilder builder = new BlockBuilder();
    for (String row : rows) {
      String[] ids = row.split(":");
      builder.add(ids[0], ids[1], Float.NaN, 0);
    }
    return builder.build("", 0, -1, reason);
  }
}
