package io.towerbeam.pipelines.workflows;

import io.towerbeam.transforms.write.RequireCounts;
import io.towerbeam.transforms.write.RunFiles;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;

/** The rows of a split once more, those of the test side too, all to be learnt from. */
final class PrepareAllRows extends PTransform<PBegin, PreparedData> {
  private final transient PreparedData before;
  private final transient PrepareSettings settings;
  private final transient RunFiles run;

  private PrepareAllRows(PreparedData before, PrepareSettings settings, RunFiles run) {
    this.before = before;
    this.settings = settings;
    this.run = run;
  }

  /**
   * @param before the same rows in two sides
   * @param settings those of that split
   * @param run where the files go
   */
  static PrepareAllRows of(PreparedData before, PrepareSettings settings, RunFiles run) {
    return new PrepareAllRows(before, settings.withoutTest(), run);
  }

  @Override
  public PreparedData expand(PBegin begin) {
    HeadlineSplit all = before.headline().again(settings);
    IndexedSplit indexed = IndexedSplit.made(all.sides(), settings.shards(), run);
    return CheckedSplit.of(all.sides(), indexed, all, run)
        .prepared(
            all.counts(),
            RequireCounts.of(
                "split", run.root(), SplitCheck.of("all of it", settings), all.rejected()));
  }
}
