package io.towerbeam.pipelines.testing;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.run.Storage;
import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.testing.TallyOptions.Ending;
import io.towerbeam.schemas.EvaluationResult;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/** Ends as it is told, leaving the files that a run leaves. */
public final class TallyWorkflow implements Workflow<TallyOptions> {
  @Override
  public String name() {
    return "tally";
  }

  @Override
  public String description() {
    return "Tallies a subject and leaves results";
  }

  @Override
  public Class<TallyOptions> optionsType() {
    return TallyOptions.class;
  }

  @Override
  public List<Artifact> inputs() {
    return List.of(Artifact.file("subject", "--subject", "What is tallied"));
  }

  @Override
  public List<Artifact> outputs() {
    return List.of(
        Artifact.avro(
            "results", "results/results.avro", EvaluationResult.getClassSchema(), "The tally"),
        Artifact.file("outcome", "outcome.json", "The verdict"));
  }

  @Override
  public void validate(TallyOptions options) {
    if (options.getSubject().equals("nothing")) {
      throw new UsageException("subject", "nothing", "something to tally");
    }
  }

  @Override
  public void build(Pipeline pipeline, TallyOptions options) {
    if (options.getEnding() == Ending.REFUSED_WHILE_BUILT) {
      throw new UsageException("ending", "refused-while-built", "an ending that can be built");
    }
    RunDirectory run = RunDirectory.of(options);
    pipeline
        .apply("Subject", Create.of(options.getSubject()))
        .apply(
            "Tally",
            ParDo.of(
                new LeaveFilesFn(
                    run, options.getEnding(), options.getStartTime(), options.getSynthetic())));
  }

  private static final class LeaveFilesFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    private final RunDirectory run;
    private final Ending ending;
    private final String startTime;
    private final boolean synthetic;

    LeaveFilesFn(RunDirectory run, Ending ending, String startTime, boolean synthetic) {
      this.run = run;
      this.ending = ending;
      this.startTime = startTime;
      this.synthetic = synthetic;
    }

    @ProcessElement
    public void leaveFiles(@Element String subject) throws IOException {
      String broken = run.path() + "/broken-once";
      switch (ending) {
        case PUBLISHED -> publish("published", "");
        case PARTIAL -> publish("partial", "\"ease: singular matrix\"");
        case REFUSED -> publish("refused", "\"ndcg@10 .2 is below the champion's .3\"");
        case FAILED -> fail();
        case FAILED_AND_THROWN -> {
          fail();
          throw new IllegalStateException("stopped on purpose");
        }
        case THROWN_ONCE -> {
          if (!Storage.exists(broken)) {
            Storage.write(broken, subject);
            throw new IllegalStateException("disk on fire");
          }
          publish("published", "");
        }
        case THROWN -> throw new IllegalStateException("disk on fire\nsecond line");
        case OUT_OF_MEMORY -> throw new OutOfMemoryError("Java heap space");
        default -> Storage.write(run.manifest(), "{}");
      }
    }

    private void publish(String verdict, String reason) throws IOException {
      Storage.write(
          run.resultsJson(),
          """
          [{"model_name": "weak", "evaluation_date": "%1$s", "segment": "all",
            "metrics": {"hit_rate@10": 0.5, "precision@10": 0.1, "recall@10": 0.125,
              "ndcg@10": 0.2, "map@10": 0.05, "coverage@10": 1, "ndcg@5": 0.9},
            "training": null},
           {"model_name": "strong", "evaluation_date": "%1$s", "segment": "cold_user",
            "metrics": {"ndcg@10": 0.9}},
           {"model_name": "strong", "evaluation_date": "%1$s", "segment": "all",
            "metrics": {"hit_rate@10": 0.75, "precision@10": 0.25, "recall@10": 0.5,
              "ndcg@10": 0.3, "map@10": 0.0625, "coverage@10": 0.5},
            "ci95": {"ndcg@10": [0.25, 0.36]},
            "training": {"seconds": 12.345}}]
          """
              .formatted(startTime));
      Storage.write(run.manifest(), "{\"synthetic\": " + synthetic + "}");
      writeOutcome(verdict, reason, "");
      Storage.write(run.success(), "");
    }

    private void fail() throws IOException {
      Storage.write(run.deadLetter() + "/rejected-00000.avro", "");
      writeOutcome(
          "failed",
          "\"4 of 10 rows are malformed: BAD_RATING 4\"",
          "\"a::1::x::9\", \"b::1::y::9\", \"c::1::z::9\", \"d::1::q::9\"");
    }

    private void writeOutcome(String verdict, String reason, String examples) throws IOException {
      Storage.write(
          run.outcome(),
          "{\"verdict\": \"%s\", \"reasons\": [%s], \"counts\": {}, \"examples\": [%s]}"
              .formatted(verdict, reason, examples));
    }
  }
}
