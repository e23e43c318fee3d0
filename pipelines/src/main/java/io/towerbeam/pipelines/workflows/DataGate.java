package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.options.DataCheckOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.DescribeInteractions;
import io.towerbeam.transforms.write.EarlierRuns;
import io.towerbeam.transforms.write.RequireStatistics;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * What data have to pass before anything is made of them.
 *
 * @param run where their statistics go
 * @param earlier the runs that they are compared with
 * @param checks what they must be like
 */
record DataGate(RunFiles run, EarlierRuns earlier, DataChecks checks) {
  /** With the checks that the options ask for. */
  static <O extends DataCheckOptions & WorkflowOptions> DataGate of(
      Workflow<O> workflow, O options, InputSource source) {
    return of(workflow, options, source, DataChecks.of(options));
  }

  /** One that describes data and lets all of them pass. */
  static DataGate open(Workflow<?> workflow, WorkflowOptions options, InputSource source) {
    return of(workflow, options, source, DataChecks.NONE);
  }

  private static DataGate of(
      Workflow<?> workflow, WorkflowOptions options, InputSource source, DataChecks checks) {
    return new DataGate(
        RunDirectory.of(options).files(),
        new EarlierRuns(
            new Folder(options.getOutput()), Publication.manifest(workflow, options, source)),
        checks);
  }

  /**
   * Describes interactions and checks that.
   *
   * @param blocks users whole
   * @param columns those that were read
   * @param counts what was counted on the way to the blocks
   */
  PCollection<DataStatistics> describe(
      PCollection<InteractionBlock> blocks,
      List<InputColumn> columns,
      PCollectionView<Map<String, Long>> counts) {
    return require(
        blocks
            .apply("DescribeInteractions", DescribeInteractions.create())
            .apply("AddCounts", ParDo.of(new AddCountsFn(columns, counts)).withSideInputs(counts))
            .setCoder(AvroCoder.specific(DataStatistics.class)),
        counts);
  }

  /** Checks what was described before. */
  PCollection<DataStatistics> require(
      PCollection<DataStatistics> described, PCollectionView<Map<String, Long>> counts) {
    return described.apply("RequireData", RequireStatistics.of(run, earlier, checks, counts));
  }

  /** What was left out before the blocks were made. */
  private static final class AddCountsFn extends DoFn<DataStatistics, DataStatistics> {
    private final List<InputColumn> columns;
    private final PCollectionView<Map<String, Long>> counts;

    AddCountsFn(List<InputColumn> columns, PCollectionView<Map<String, Long>> counts) {
      this.columns = columns;
      this.counts = counts;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Map<String, Long> counted = context.sideInput(counts);
      context.output(
          DataStatistics.newBuilder(context.element())
              .setColumns(columns)
              .setInteractionsRead(counted.getOrDefault(InputCheck.INTERACTIONS, 0L))
              .setRowsRejected(counted.getOrDefault("rows_rejected", 0L))
              .setInteractionsBelowMinRating(
                  counted.getOrDefault("interactions_below_min_rating", 0L))
              .setInteractionsWithUnknownItem(
                  counted.getOrDefault("interactions_with_unknown_item", 0L))
              .setDuplicates(counted.getOrDefault("duplicates_collapsed", 0L))
              .setCatalogueItems(counted.getOrDefault(InputCheck.ITEMS, 0L))
              .build());
    }
  }
}
