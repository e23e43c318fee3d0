package io.towerbeam.templates.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal.Answer;
import io.towerbeam.templates.testing.TinyFilms;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Buckets that are not there, or that may not be read or written: told before anything runs. */
class RefusedBucketsTest {
  private static FakeCloud cloud;
  private static Place bucket;

  @BeforeAll
  static void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
    TinyFilms.files().forEach((name, text) -> cloud.buckets().put("bkt", "in/" + name, text));
    bucket = new BucketFolder(cloud, "bkt", "here");
  }

  @AfterEach
  void nothingWasWritten() {
    cloud.refuseNothing();
    assertThat(cloud.buckets().names("bkt", "here/")).isEmpty();
  }

  @AfterAll
  static void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void aMissingBucketIsNoPlaceForOutput() {
    assertRefused(
        type("leaderboard", "--input=gs://bkt/in", "--output=gs://nowhere/out"),
        "--output=gs://nowhere/out: give a folder that can be written to (Google Cloud answered 404"
            + " to POST ",
        "The specified bucket does not exist.)");
  }

  @Test
  void norIsOneThatMayNotBeWritten() {
    cloud.refuse("storage.objects.insert", 403, "forbidden", "me lacks objects.create");
    assertRefused(
        type("leaderboard", "--input=gs://bkt/in", "--output=gs://bkt/here"),
        "--output=gs://bkt/here: give a folder that can be written to",
        "me lacks objects.create)");
  }

  @Test
  void aMissingBucketHasNoInput() {
    assertRefused(
        type("leaderboard", "--input=gs://nowhere/in", "--output=gs://bkt/here"),
        "--input=gs://nowhere/in: give a folder with ratings.dat");
    assertRefused(
        type("leaderboard", "--interactions=gs://nowhere/i.csv", "--output=gs://bkt/here"),
        "gs://nowhere/i.csv: no such file");
    assertRefused(
        type("recommend", "--output=gs://nowhere/out"),
        "--model: cannot be read: Google Cloud answered 404 to GET ",
        "The specified bucket does not exist.");
  }

  @Test
  void nothingIsReadThatMayNotBe() {
    cloud.refuse("storage.objects.get", 403, "forbidden", "me lacks objects.get");
    assertRefused(
        type("leaderboard", "--input=gs://bkt/in", "--output=gs://bkt/here"),
        "--input=gs://bkt/in: cannot be looked up: ",
        ": me lacks objects.get");
    cloud.refuse("storage.objects.list", 403, "forbidden", "me lacks objects.list");
    assertRefused(
        type("leaderboard", "--interactions=gs://bkt/in/*.csv", "--output=gs://bkt/here"),
        "gs://bkt/in/*.csv: cannot be looked up: Google Cloud answered 403 to GET ",
        ": me lacks objects.list");
  }

  private static Answer type(String... words) {
    return bucket.type(Stream.of(words));
  }

  private static void assertRefused(Answer answer, String... parts) {
    assertThat(answer.err()).startsWith("towerbeam: " + parts[0]).contains(parts).hasLineCount(1);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
