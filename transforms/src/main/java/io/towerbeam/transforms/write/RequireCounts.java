package io.towerbeam.transforms.write;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.AvroJson;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableComparator;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Lets a run go on only if its counts are right. If they are not, writes {@code outcome.json} with
 * the verdict {@code failed}, the reasons, the counts and up to three of the rejected rows, and
 * throws {@link RunFailedException}, so that the runner ends the job as failed.
 *
 * <p>Takes the one map of counts and gives it back; what must wait for the check waits for that.
 */
@AutoValue
public abstract class RequireCounts
    extends PTransform<PCollection<Map<String, Long>>, PCollection<Map<String, Long>>> {
  private static final int EXAMPLES = 3;
  private static final int EXAMPLE_LENGTH = 200;

  abstract String what();

  abstract Folder run();

  abstract SerializableFunction<Map<String, Long>, List<String>> check();

  abstract PCollection<RejectedRecord> rejected();

  /**
   * @param what one word for the run's display data
   * @param run the run directory
   * @param check gives the reasons against the counts, none if all is well
   * @param rejected rows to take examples from
   */
  public static RequireCounts of(
      String what,
      Folder run,
      SerializableFunction<Map<String, Long>, List<String>> check,
      PCollection<RejectedRecord> rejected) {
    return new AutoValue_RequireCounts(what, run, check, rejected);
  }

  @Override
  public PCollection<Map<String, Long>> expand(PCollection<Map<String, Long>> counts) {
    PCollectionView<List<RejectedRecord>> examples =
        rejected()
            .apply("FirstRejected", Top.of(EXAMPLES, new LaterFirst()).withoutDefaults())
            .apply("Examples", ParDo.of(new ExplodeFn()))
            .setCoder(AvroCoder.specific(RejectedRecord.class))
            .apply("ExamplesView", View.asList());
    return counts
        .apply("Check", ParDo.of(new CheckFn(run(), check(), examples)).withSideInputs(examples))
        .setCoder(counts.getCoder());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("check", what())).add(DisplayData.item("run", run().path()));
  }

  /** Top takes the greatest: the rows that stand first in the files are to be these. */
  private static final class LaterFirst implements SerializableComparator<RejectedRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(RejectedRecord a, RejectedRecord b) {
      int bySource = b.getSource().compareTo(a.getSource());
      int byOffset = Long.compare(b.getOffset(), a.getOffset());
      return bySource != 0
          ? bySource
          : byOffset != 0 ? byOffset : b.getPayload().compareTo(a.getPayload());
    }
  }

  private static final class ExplodeFn extends DoFn<List<RejectedRecord>, RejectedRecord> {
    @ProcessElement
    public void process(
        @Element List<RejectedRecord> examples, OutputReceiver<RejectedRecord> out) {
      examples.forEach(out::output);
    }
  }

  private static final class CheckFn extends DoFn<Map<String, Long>, Map<String, Long>> {
    private final Folder run;
    private final SerializableFunction<Map<String, Long>, List<String>> check;
    private final PCollectionView<List<RejectedRecord>> examples;

    CheckFn(
        Folder run,
        SerializableFunction<Map<String, Long>, List<String>> check,
        PCollectionView<List<RejectedRecord>> examples) {
      this.run = run;
      this.check = check;
      this.examples = examples;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      List<String> reasons = check.apply(context.element());
      if (reasons.isEmpty()) {
        context.output(context.element());
        return;
      }
      Outcome outcome =
          Outcome.newBuilder()
              .setVerdict(Verdict.FAILED)
              .setReasons(reasons)
              .setCounts(context.element())
              .setExamples(
                  context.sideInput(examples).stream()
                      .sorted(new LaterFirst().reversed())
                      .map(CheckFn::describe)
                      .toList())
              .build();
      run.write("outcome.json", out -> out.write(AvroJson.bytes(outcome)));
      throw new RunFailedException(reasons);
    }

    private static String describe(RejectedRecord rejected) {
      String row = StandardCharsets.UTF_8.decode(rejected.getPayload().duplicate()).toString();
      String shown = row.length() > EXAMPLE_LENGTH ? row.substring(0, EXAMPLE_LENGTH) + "…" : row;
      return "%s, byte %d: %s: %s"
          .formatted(
              rejected.getSource(),
              rejected.getOffset(),
              rejected.getMessage(),
              shown.replaceAll("\\p{Cntrl}", "?"));
    }
  }
}
