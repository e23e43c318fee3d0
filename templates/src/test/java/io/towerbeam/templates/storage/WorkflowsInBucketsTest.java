package io.towerbeam.templates.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal.Answer;
import io.towerbeam.templates.testing.TinyFilms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every workflow from a bucket to a bucket, beside the same on a disk. */
class WorkflowsInBucketsTest {
  private static final String FEW_EPOCHS =
      "--model=two-tower-hybrid --modelParameters=two-tower-hybrid.epochs=3";

  @TempDir static Path folder;
  private static FakeCloud cloud;
  private static Place disk;
  private static Place bucket;

  @BeforeAll
  static void runBoth() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
    disk = new LocalFolder(folder);
    bucket = new BucketFolder(cloud, "bkt", "a/b");
    Files.createDirectories(folder.resolve("in"));
    for (Map.Entry<String, String> file : TinyFilms.files().entrySet()) {
      Files.writeString(folder.resolve("in").resolve(file.getKey()), file.getValue());
      cloud.buckets().put("bkt", "a/b/in/" + file.getKey(), file.getValue());
    }
    runAll(disk);
    runAll(bucket);
  }

  private static void runAll(Place place) {
    String few = "--input=ROOT/in --shards=2 --bootstrapResamples=20 ";
    place.mustRun("leaderboard", words(few + "--runId=l --models=most-popular"));
    place.mustRun(
        "train",
        words("--input=ROOT/in --shards=2 --runId=t --trainOn=all --promote=always " + FEW_EPOCHS));
    place.mustRun("recommend", "--runId=r");
    place.mustRun("embed", "--runId=e");
    place.mustRun(
        "evaluate",
        words(few + "--runId=v --recommendations=ROOT/out/runs/r/recommendations/*/*.avro"));
    place.mustRun(
        "tune",
        words(
            "--input=ROOT/in --shards=2 --runId=u --model=ease --trials=2 --minTestInteractions=2"));
  }

  private static String[] words(String text) {
    return text.split(" ");
  }

  @AfterAll
  static void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void filesAreTheSame() throws IOException {
    SameFiles.check(disk, bucket);
  }

  @Test
  void aTrainingThatBrokeGoesOnFromItsCheckpointInTheBucket() throws IOException {
    AtomicInteger checkpoints = new AtomicInteger();
    cloud.before(
        "storage.objects.rewrite",
        path -> {
          if (path.contains("checkpoints") && checkpoints.incrementAndGet() == 2) {
            cloud.refuse("storage.objects.insert", 403, "forbidden", "the key is gone");
          }
        });
    Place elsewhere = new BucketFolder(cloud, "bkt", "broken");
    String[] training =
        words(
            "--input=gs://bkt/a/b/in --shards=2 --runId=t --trainOn=all --promote=always "
                + FEW_EPOCHS);
    Answer broken = elsewhere.run("train", training);
    assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(broken.err()).startsWith("towerbeam: Google Cloud answered 403 to POST ");
    assertThat(elsewhere.files().keySet())
        .anyMatch(name -> name.contains("/checkpoints/"))
        .noneMatch(name -> name.endsWith("_SUCCESS"))
        .noneMatch(name -> name.contains("/champions/"));

    cloud.refuseNothing();
    Answer whole = elsewhere.mustRun("train", training);
    assertThat(whole.out()).startsWith("Going on with train");
    String parameters = "out/runs/t/model/two-tower-hybrid/parameters.avro";
    assertThat(elsewhere.files().get(parameters)).isEqualTo(bucket.files().get(parameters));
    assertThat(elsewhere.files().keySet()).contains("out/champions/000001.json");
  }

  @Test
  void nothingPassingIsLeft() throws IOException {
    assertThat(bucket.files().keySet()).noneMatch(name -> name.endsWith(".tmp"));
  }
}
