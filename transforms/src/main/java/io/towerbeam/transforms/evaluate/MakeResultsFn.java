package io.towerbeam.transforms.evaluate;

import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelFailure;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * All models' totals as results, but for those whose lists have a fault: they become failures; and
 * segments that a model has no lists for are left out. One worker holds the totals of all models,
 * since each is compared with others.
 */
final class MakeResultsFn
    extends DoFn<KV<String, Iterable<KV<String, ModelTotals>>>, EvaluationResult> {
  private final ResultSettings settings;
  private final PCollectionView<DatasetInfo> dataset;
  private final @Nullable Contest contest;

  MakeResultsFn(
      ResultSettings settings, PCollectionView<DatasetInfo> dataset, @Nullable Contest contest) {
    this.settings = settings;
    this.dataset = dataset;
    this.contest = contest;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    SortedMap<String, SortedMap<String, SegmentTotals>> bySegment = new TreeMap<>();
    for (KV<String, ModelTotals> model : context.element().getValue()) {
      ModelTotals totals = model.getValue();
      if (totals.hasFaults()) {
        context.output(
            EvaluateRanking.FAILURES, new ModelFailure(model.getKey(), totals.describeFaults()));
        continue;
      }
      totals
          .segments()
          .forEach(
              (segment, sums) -> {
                if (!totals.incomplete().contains(segment)) {
                  bySegment
                      .computeIfAbsent(segment, s -> new TreeMap<>())
                      .put(model.getKey(), sums);
                }
              });
    }
    bySegment.forEach(
        (segment, models) ->
            new SegmentBoard(segment, models, settings)
                .results(context.sideInput(dataset))
                .forEach(context::output));
    if (contest != null && bySegment.containsKey(Segments.ALL)) {
      contest
          .decide(bySegment.get(Segments.ALL), settings.cutoffs(), context.sideInput(dataset))
          .ifPresent(decision -> context.output(EvaluateRanking.DECISIONS, decision));
    }
  }
}
