package io.towerbeam.templates.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file in a bucket that many want to be the first to write: a champion's number. */
class CreateIfAbsentTest {
  private static final int WRITERS = 8;

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
  void ofManyAtOnceOneSucceedsAndItsFileStays() throws Exception {
    Folder champions = new Folder("gs://bkt/champions");
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier together = new CyclicBarrier(WRITERS);
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      byte[] text = ("writer " + writer).getBytes(StandardCharsets.UTF_8);
      writers.add(
          () -> {
            together.await();
            return champions.create("000001.json", out -> out.write(text));
          });
    }
    List<Integer> winners = new ArrayList<>();
    List<Future<Boolean>> ends = threads.invokeAll(writers);
    for (int writer = 0; writer < WRITERS; writer++) {
      if (ends.get(writer).get()) {
        winners.add(writer);
      }
    }
    threads.shutdown();
    assertThat(winners).hasSize(1);
    assertThat(cloud.buckets().text("bkt", "champions/000001.json"))
        .isEqualTo("writer " + winners.get(0));
    assertThat(cloud.buckets().names("bkt", "")).containsExactly("champions/000001.json");
  }

  @Test
  void aFileThatComesBetweenTheLookAndTheWriteStays() throws IOException {
    Folder champions = new Folder("gs://bkt/champions");
    boolean isMine =
        champions.create(
            "000001.json",
            out -> {
              cloud.buckets().put("bkt", "champions/000001.json", "theirs");
              out.write("mine".getBytes(StandardCharsets.UTF_8));
            });
    assertThat(isMine).isFalse();
    assertThat(cloud.buckets().text("bkt", "champions/000001.json")).isEqualTo("theirs");
  }

  @Test
  void whatIsForbiddenIsAnError() {
    cloud.refuse("storage.objects.insert", 403, "forbidden", "me may not write");
    Folder champions = new Folder("gs://bkt/champions");
    assertThatThrownBy(() -> champions.create("000001.json", out -> out.write('x')))
        .isInstanceOf(IOException.class)
        .rootCause()
        .hasMessageContaining("me may not write");
  }
}
