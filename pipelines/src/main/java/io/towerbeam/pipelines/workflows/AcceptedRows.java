package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.prepare.Await;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.prepare.FilterInteractions;
import io.towerbeam.transforms.write.RequireCounts;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The rows of an input that a run goes on with: bad ones are written as dead letters, and only once
 * the check has let their number pass is anything else given out.
 *
 * @param rows what stays of the interactions, checked or not: go on with {@link #interactions}
 * @param passed one element, which is there only if the check let the run go on
 * @param items the catalogue, good rows only, for the check to be waited for by {@code counts}
 * @param rejected the bad rows
 * @param deadLetters their files
 * @param counts what was read and rejected
 */
record AcceptedRows(
    PCollection<InteractionBlock> rows,
    PCollection<Map<String, Long>> passed,
    PCollection<Item> items,
    PCollection<RejectedRecord> rejected,
    PCollection<KV<String, Long>> deadLetters,
    PCollection<KV<String, Long>> counts) {

  /**
   * Adds the steps.
   *
   * @param others rejected rows of other inputs, to be written and counted with these
   * @param check what speaks against going on
   */
  static AcceptedRows of(
      InputSource.Rows rows,
      FilterInteractions filter,
      List<PCollection<RejectedRecord>> others,
      SerializableFunction<Map<String, Long>, List<String>> check,
      RunFiles run) {
    PCollectionTuple filtered = rows.interactions().apply("FilterInteractions", filter);
    return of(
        new InputSource.Rows(
            filtered.get(FilterInteractions.BLOCKS), rows.items(), rows.rejected()),
        PCollectionList.of(filtered.get(FilterInteractions.REJECTED)).and(others),
        List.of(
            filtered.get(FilterInteractions.COUNTS),
            rows.items().apply("CountItems", new CountElements<>("catalogue_items"))),
        check,
        run);
  }

  /**
   * The same of rows that were filtered before.
   *
   * @param read what was counted of them then
   */
  static AcceptedRows ofPrepared(
      InputSource.Rows rows,
      PCollection<KV<String, Long>> read,
      List<PCollection<RejectedRecord>> others,
      SerializableFunction<Map<String, Long>, List<String>> check,
      RunFiles run) {
    return of(
        rows,
        PCollectionList.<RejectedRecord>empty(read.getPipeline()).and(others),
        List.of(read),
        check,
        run);
  }

  private static AcceptedRows of(
      InputSource.Rows rows,
      PCollectionList<RejectedRecord> others,
      List<PCollection<KV<String, Long>>> counts,
      SerializableFunction<Map<String, Long>, List<String>> check,
      RunFiles run) {
    PCollection<RejectedRecord> rejected =
        others.and(rows.rejected()).apply("AllRejected", Flatten.pCollections());
    PCollection<KV<String, Long>> deadLetters =
        rejected.apply("WriteDeadLetters", RunWriters.deadLetters(run));
    PCollection<Map<String, Long>> passed =
        PCollectionList.of(counts)
            .and(rejected.apply("CountRejected", new CountElements<>("rows_rejected")))
            .apply("ReadCounts", Counts.sum())
            .apply("AfterDeadLetters", Await.ended(List.of(deadLetters)))
            .setCoder(Counts.MAP_CODER)
            .apply("RequireGoodInput", RequireCounts.of("input", run.root(), check, rejected));
    return new AcceptedRows(
        rows.interactions(),
        passed,
        rows.items(),
        rejected,
        deadLetters,
        passed.apply("ReadAgain", new CountEntries()));
  }

  /** The rows once the check is passed: a step of its own, to be asked for once at most. */
  PCollection<InteractionBlock> interactions() {
    return rows.apply("AfterInputCheck", Wait.on(passed));
  }
}
