package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.statistics.PopulationStability;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.AvroJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Lets a run go on only if its data are as they should be. Takes the one element that says what
 * they are like, adds how far they have drifted since the last published run, and writes that to
 * {@code statistics/}, whether or not it is right. If it is not, writes {@code outcome.json} with
 * the verdict {@code failed}, the reasons and the counts, and throws {@link RunFailedException}.
 *
 * <p>Gives the element with the drift; what must wait for the check waits for that.
 */
@AutoValue
public abstract class RequireStatistics
    extends PTransform<PCollection<DataStatistics>, PCollection<DataStatistics>> {
  abstract RunFiles run();

  abstract EarlierRuns earlier();

  abstract SerializableFunction<DataStatistics, List<String>> check();

  abstract PCollectionView<Map<String, Long>> counts();

  /**
   * @param earlier what the data are compared with
   * @param check gives the reasons against the data, none if all is well
   * @param counts what was counted so far, for the verdict
   */
  public static RequireStatistics of(
      RunFiles run,
      EarlierRuns earlier,
      SerializableFunction<DataStatistics, List<String>> check,
      PCollectionView<Map<String, Long>> counts) {
    return new AutoValue_RequireStatistics(run, earlier, check, counts);
  }

  @Override
  public PCollection<DataStatistics> expand(PCollection<DataStatistics> statistics) {
    return statistics
        .apply(
            "Check",
            ParDo.of(new CheckFn(run(), earlier(), check(), counts())).withSideInputs(counts()))
        .setCoder(statistics.getCoder());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("run", run().root().path()))
        .add(DisplayData.item("output", earlier().output().path()));
  }

  private static final class CheckFn extends DoFn<DataStatistics, DataStatistics> {
    private final RunFiles run;
    private final EarlierRuns earlier;
    private final SerializableFunction<DataStatistics, List<String>> check;
    private final PCollectionView<Map<String, Long>> counts;

    CheckFn(
        RunFiles run,
        EarlierRuns earlier,
        SerializableFunction<DataStatistics, List<String>> check,
        PCollectionView<Map<String, Long>> counts) {
      this.run = run;
      this.earlier = earlier;
      this.check = check;
      this.counts = counts;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      DataStatistics statistics = withDrift(context.element());
      StatisticsFile.write(run, statistics);
      List<String> reasons = check.apply(statistics);
      if (!reasons.isEmpty()) {
        fail(reasons, context.sideInput(counts));
      }
      context.output(statistics);
    }

    private DataStatistics withDrift(DataStatistics now) throws IOException {
      Optional<EarlierRuns.Earlier> last = earlier.last();
      DataStatistics.Builder compared =
          DataStatistics.newBuilder(now)
              .setComparedWith(null)
              .setActivityDrift(null)
              .setItemDrift(null);
      if (last.isEmpty()) {
        return compared.build();
      }
      DataStatistics before = last.get().statistics();
      return compared
          .setComparedWith(last.get().runId())
          .setActivityDrift(
              PopulationStability.index(before.getUserActivity(), now.getUserActivity()))
          .setItemDrift(
              PopulationStability.index(before.getItemPopularity(), now.getItemPopularity()))
          .build();
    }

    private void fail(List<String> reasons, Map<String, Long> soFar) throws IOException {
      Outcome outcome =
          Outcome.newBuilder()
              .setVerdict(Verdict.FAILED)
              .setReasons(reasons)
              .setCounts(soFar)
              .setExamples(List.of())
              .build();
      run.root().write("outcome.json", out -> out.write(AvroJson.bytes(outcome)));
      throw new RunFailedException(reasons);
    }
  }
}
