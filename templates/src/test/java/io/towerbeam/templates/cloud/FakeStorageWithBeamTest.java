package io.towerbeam.templates.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.pipelines.run.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beam's own gs:// file system at work on the fake. */
class FakeStorageWithBeamTest {
  private FakeCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = FakeCloud.start();
    cloud.buckets().create("bkt");
    FileSystems.setDefaultPipelineOptions(
        PipelineOptionsFactory.fromArgs(cloud.options().toArray(String[]::new)).create());
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void smallFilesAreWrittenReadFoundAndDeleted() throws IOException {
    Storage.write("gs://bkt/runs/r 1/claim.json", "{\"a\": \"ä\"}");
    Storage.write("gs://bkt/runs/r 1/claim.json", "{\"a\": \"ö\"}");
    assertThat(cloud.buckets().text("bkt", "runs/r 1/claim.json")).isEqualTo("{\"a\": \"ö\"}");
    assertThat(Storage.readJson("gs://bkt/runs/r 1/claim.json").orElseThrow().get("a").asText())
        .isEqualTo("ö");
    assertThat(Storage.exists("gs://bkt/runs/r 1/other")).isFalse();

    Storage.delete("gs://bkt/runs/r 1/claim.json");
    Storage.delete("gs://bkt/runs/r 1/claim.json");
    assertThat(cloud.buckets().names("bkt", "")).isEmpty();
  }

  @Test
  void emptyFilesAreFilesToo() throws IOException {
    Storage.write("gs://bkt/_SUCCESS", "");
    assertThat(Storage.exists("gs://bkt/_SUCCESS")).isTrue();
    assertThat(cloud.buckets().bytes("bkt", "_SUCCESS")).isEmpty();
  }

  @Test
  void largeFilesTravelInParts() throws IOException {
    byte[] bytes = new byte[20_000_001];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 31 >> 3));
    ResourceId file = FileSystems.matchNewResource("gs://bkt/large", false);
    try (WritableByteChannel out = FileSystems.create(file, "application/octet-stream")) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
    }
    assertThat(cloud.buckets().bytes("bkt", "large")).isEqualTo(bytes);
    try (InputStream in = Channels.newInputStream(FileSystems.open(file))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void patternsFindManyFilesInOrder() throws IOException {
    for (int i = 0; i < 1500; i++) {
      cloud.buckets().put("bkt", "many/file-%04d.txt".formatted(i), "");
    }
    cloud.buckets().put("bkt", "many/other", "");
    assertThat(Storage.filesIn("gs://bkt/many/file-*.txt"))
        .hasSize(1500)
        .extracting(found -> found.resourceId().toString())
        .startsWith("gs://bkt/many/file-0000.txt");
    assertThat(Storage.filesIn("gs://bkt/none/*")).isEmpty();
  }

  @Test
  void aMissingBucketAndAMissingFileAreErrors() {
    assertThatThrownBy(() -> Storage.write("gs://other/file", "text"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> FileSystems.open(FileSystems.matchNewResource("gs://bkt/none", false)).close())
        .isInstanceOf(IOException.class);
    assertThat(List.of(cloud.calls())).isNotEmpty();
  }
}
