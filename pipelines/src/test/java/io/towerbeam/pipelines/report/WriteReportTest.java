package io.towerbeam.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.ModelFailure;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.schemas.TrainingInfo;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class WriteReportTest {
  private static final List<String> MODELS = List.of("ease", "als", "most-popular");
  private static final List<String> USERS =
      IntStream.range(0, 60).mapToObj(user -> "user" + user).toList();

  @TempDir Path temp;

  private Path page(String folder) {
    return temp.resolve(folder).resolve("index.html");
  }

  /** Every user has 13 train items, a hit for ease at the top, and none for the others. */
  private PCollection<KV<String, Long>> write(
      TestPipeline pipeline, String folder, List<EvaluationResult> results, boolean reversed) {
    List<InteractionBlock> train = blocks(0, 13);
    List<InteractionBlock> test = blocks(20, 2);
    List<Recommendation> lists = new ArrayList<>();
    for (String user : USERS) {
      for (String model : MODELS) {
        lists.add(list(model, user));
      }
    }
    if (reversed) {
      List.of(train, test, lists).forEach(Collections::reverse);
    }
    return create(pipeline, folder + "Results", EvaluationResult.class, results)
        .apply(
            folder,
            WriteReport.builder()
                .setFolder(new Folder(temp.resolve(folder).toString()))
                .setManifest(ReportSample.manifest(false))
                .setInputPatterns(List.of("/srv/films/log.csv"))
                .setCutoffs(List.of(10))
                .setArtifacts(
                    create(
                        pipeline,
                        folder + "Artifacts",
                        ModelArtifact.class,
                        List.of(artifact("ease", 7.5))))
                .setFailures(
                    create(
                        pipeline,
                        folder + "Failures",
                        ModelFailure.class,
                        List.of(new ModelFailure("slim", "needs 9 GB"))))
                .setEpochs(
                    create(
                        pipeline,
                        folder + "Epochs",
                        EpochReport.class,
                        List.of(new EpochReport("als", 1, 1, 10, 100L, 6.5, .1, 1.))))
                .setCounts(
                    pipeline
                        .apply(
                            folder + "Counts",
                            Create.of(List.of(Map.of("rows_rejected", 17L)))
                                .withCoder(Counts.MAP_CODER))
                        .apply(folder + "CountsView", View.asSingleton()))
                .setStatistics(create(pipeline, folder + "Data", DataStatistics.class, List.of()))
                .setTrain(create(pipeline, folder + "Train", InteractionBlock.class, train))
                .setTest(create(pipeline, folder + "Test", InteractionBlock.class, test))
                .setItems(create(pipeline, folder + "Items", Item.class, items()))
                .setLists(create(pipeline, folder + "Lists", Recommendation.class, lists))
                .build());
  }

  private static <T extends SpecificRecord> PCollection<T> create(
      TestPipeline pipeline, String name, Class<T> type, List<T> elements) {
    return pipeline.apply(name, Create.of(elements).withCoder(AvroCoder.specific(type)));
  }

  private static List<EvaluationResult> results() {
    return List.of(result("most-popular", 8), result("als", 4), result("ease", 1));
  }

  private static EvaluationResult result(String model, int rank) {
    return EvaluationResult.newBuilder(ReportSample.result(rank, "all", 60, 1))
        .setModelName(model)
        .setTraining(null)
        .build();
  }

  private static ModelArtifact artifact(String model, double seconds) {
    return new ModelArtifact(
        model, model, "m", Map.of("lambda", 30L), 1L, new TrainingInfo(seconds, 0, 0.));
  }

  /** Ten users to a block, each with items from the first on, a second apart. */
  private static List<InteractionBlock> blocks(int firstItem, int items) {
    List<InteractionBlock> blocks = new ArrayList<>();
    for (int block = 0; block < 6; block++) {
      BlockBuilder rows = new BlockBuilder();
      for (String user : USERS.subList(10 * block, 10 * block + 10)) {
        for (int item = firstItem; item < firstItem + items; item++) {
          rows.add(user, "i" + item, 1, 100L + item);
        }
      }
      blocks.add(rows.build("", 0, block, null));
    }
    return blocks;
  }

  private static Recommendation list(String model, String user) {
    int first = model.equals("ease") ? 21 : 30;
    return new Recommendation(
        model,
        user,
        IntStream.range(first, first + 12)
            .mapToObj(item -> new RecommendedItem("i" + item, 1f))
            .toList());
  }

  private static List<Item> items() {
    return IntStream.range(0, 200)
        .mapToObj(item -> new Item("i" + item, "Film " + item, List.of(), null, Map.of()))
        .toList();
  }

  @Test
  void aRunsResultsAndAFewOfItsUsersStandOnThePage(TestPipeline pipeline) throws IOException {
    PAssert.that(write(pipeline, "report", results(), false).apply(Keys.create()))
        .containsInAnyOrder(page("report").toString());
    pipeline.run().waitUntilFinish();
    String page = Files.readString(page("report"));
    assertThat(page)
        .contains("3 models", "films/log.csv", "slim", "needs 9 GB", "lambda: 30", "7.5", ">17<")
        .contains(
            "class=\"hit\">Film 21&nbsp;", "1 hit in 10", "0 hits in 10", "Film 12", "Film 3<")
        .contains("13 train and 2 test items")
        .doesNotContain("Film 2<", "Film 40<");
    assertThat(page.split("<h3>User ", -1)).hasSize(1 + 4);
    assertThat(page.split("<h4>", -1)).hasSize(1 + 4 * 3); // history, best, runner-up
    assertThat(page).contains("<h4>ease", "<h4>als").doesNotContain("<h4>most-popular");
  }

  @Test
  void theSameInputsInAnotherOrderGiveTheSameBytes(TestPipeline pipeline) {
    write(pipeline, "one", results(), false);
    write(pipeline, "two", results(), true);
    pipeline.run().waitUntilFinish();
    assertThat(page("one")).hasSameBinaryContentAs(page("two"));
  }

  @Test
  void withoutAResultNothingIsWritten(TestPipeline pipeline) {
    PAssert.that(write(pipeline, "report", List.of(), false)).empty();
    pipeline.run().waitUntilFinish();
    assertThat(page("report")).doesNotExist();
  }
}
