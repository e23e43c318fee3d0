package io.towerbeam.transforms.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Trial;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.Counts;
import io.towerbeam.transforms.train.FitSettings;
import io.towerbeam.transforms.train.TrainingWorker;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class RunTrialsTest {
  @TempDir Path temp;
  private RunFiles run;

  /** Train: u has a, v has a and b; items a, b, c; test: u has b, v has c. */
  @BeforeEach
  void writeShards() throws IOException {
    run = new RunFiles(new Folder(temp.toString()));
    writeBlock("train-0.avro", "u a", "v a", "v b");
    writeBlock("test-0.avro", "u b", "v c");
    run.index()
        .write(
            "items-0.avro",
            out ->
                AvroFiles.write(
                    out,
                    IndexEntry.class,
                    Stream.of("a", "b", "c").map(RunTrialsTest::entry).toList()));
  }

  private static IndexEntry entry(String id) {
    return IndexEntry.newBuilder()
        .setId(id)
        .setIndex(id.charAt(0) - 'a')
        .setTrainInteractions(1)
        .build();
  }

  private void writeBlock(String name, String... rows) throws IOException {
    BlockBuilder columns = new BlockBuilder();
    for (String row : rows) {
      columns.add(row.substring(0, 1), row.substring(2), 1, 1);
    }
    InteractionBlock block = columns.build("", 0, 0, null);
    run.data().write(name, out -> AvroFiles.write(out, InteractionBlock.class, List.of(block)));
  }

  private static Trial planned(int trial, long item) {
    return Trial.newBuilder()
        .setTrial(trial)
        .setModel("favourite-item")
        .setParameters(Map.of("item", item))
        .setSearched(List.of("item"))
        .setSeed(42)
        .build();
  }

  private PCollection<Trial> trials(TestPipeline pipeline, boolean accelerated, Trial... planned) {
    PCollectionView<Map<String, Long>> counts =
        pipeline
            .apply(
                "Counts",
                Create.of(
                        List.of(
                            Map.of("train_users", 2L, "train_items", 3L, "train_interactions", 3L)))
                    .withCoder(Counts.MAP_CODER))
            .apply(View.asSingleton());
    FitSettings settings = new FitSettings(run, Map.of(), 42, DeviceChoice.CPU, false, 1);
    RunTrials trials = RunTrials.of(settings, List.of(1), counts);
    return pipeline
        .apply("Planned", Create.of(List.of(planned)).withCoder(AvroCoder.specific(Trial.class)))
        .apply(accelerated ? trials.withWorker(TrainingWorker.any()) : trials);
  }

  private static Map<Integer, Trial> byNumber(Iterable<Trial> trials) {
    Map<Integer, Trial> byNumber = new TreeMap<>();
    trials.forEach(trial -> byNumber.put(trial.getTrial(), trial));
    return byNumber;
  }

  @Test
  void aTrialIsJudgedByTheTestUsers(TestPipeline pipeline) throws IOException {
    PAssert.that(trials(pipeline, false, planned(0, 1), planned(1, 2)))
        .satisfies(
            done -> {
              Map<Integer, Trial> trials = byNumber(done);
              // b: u gets b, a hit; v has b, so v gets c, the only item left, a hit
              assertThat(trials.get(0).getMetrics())
                  .containsEntry("hit_rate@1", 1.)
                  .containsEntry("ndcg@1", 1.)
                  .containsEntry("coverage@1", 2. / 3);
              // c: u gets c, no hit; v gets c, a hit
              assertThat(trials.get(1).getMetrics()).containsEntry("hit_rate@1", .5);
              assertThat(trials.get(1).getParameters()).isEqualTo(Map.of("item", 2L));
              assertThat(trials.get(1).getFailure()).isNull();
              return null;
            });
    pipeline.run().waitUntilFinish();
    assertThat(new TrialFiles(run).read(1)).get().extracting(Trial::getTrial).isEqualTo(1);
    assertThat(run.model("trial-0001").folder("checkpoints").list("*")).isEmpty();
  }

  @Test
  void aTrialThatCannotBeFittedIsKeptAndStopsNoOther(TestPipeline pipeline) throws IOException {
    PAssert.that(trials(pipeline, true, planned(0, 50), planned(1, 100), planned(2, 2)))
        .satisfies(
            done -> {
              Map<Integer, Trial> trials = byNumber(done);
              assertThat(trials.get(0).getFailure()).isEqualTo("there is no item 50");
              assertThat(trials.get(0).getMetrics()).isEmpty();
              assertThat(trials.get(1).getFailure())
                  .startsWith("favourite-item trial-0001 needs ")
                  .contains("GiB of memory");
              assertThat(trials.get(2).getFailure()).isNull();
              return null;
            });
    pipeline.run().waitUntilFinish();
    assertThat(new TrialFiles(run).read(0)).get().extracting(Trial::getFailure).isNotNull();
  }

  @Test
  void aFinishedTrialIsNotRunAgain(TestPipeline pipeline) throws IOException {
    Trial finished =
        Trial.newBuilder(planned(7, 1)).setMetrics(Map.of("ndcg@1", .25)).setSeconds(9).build();
    new TrialFiles(run).write(finished);
    PAssert.that(trials(pipeline, false, planned(7, 1))).containsInAnyOrder(finished);
    pipeline.run().waitUntilFinish();
  }
}
