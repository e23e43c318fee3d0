package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;

/** The rows of each item of a block. */
final class CountItemsFn extends DoFn<InteractionBlock, Map<String, Long>> {
  @ProcessElement
  public void process(@Element InteractionBlock block, OutputReceiver<Map<String, Long>> counts) {
    InteractionColumns rows = InteractionColumns.of(block);
    Map<String, Long> byId = new HashMap<>();
    for (int row = 0; row < rows.rows(); row++) {
      byId.merge(rows.itemId(row), 1L, Long::sum);
    }
    counts.output(byId);
  }
}
