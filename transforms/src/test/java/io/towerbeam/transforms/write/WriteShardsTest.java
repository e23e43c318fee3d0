package io.towerbeam.transforms.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class WriteShardsTest {
  @TempDir Path temp;

  private PCollection<KV<String, Long>> write(TestPipeline pipeline, String name, int... indexes) {
    List<KV<String, IndexEntry>> entries = new ArrayList<>();
    for (int index : indexes) {
      entries.add(
          KV.of(WriteShards.name("ids", index % 2, 2), new IndexEntry(index, "id" + index, 1L)));
    }
    return pipeline
        .apply(
            "Create_" + name,
            Create.of(entries)
                .withCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(IndexEntry.class))))
        .apply(
            "Write_" + name,
            WriteShards.of(
                IndexEntry.class,
                new Folder(temp.resolve(name).toString()),
                (a, b) -> Integer.compare(a.getIndex(), b.getIndex())));
  }

  @Test
  void theSameRecordsGiveTheSameBytes(TestPipeline pipeline) throws IOException {
    PAssert.that(write(pipeline, "one", 4, 1, 0, 3, 2))
        .containsInAnyOrder(
            List.of(
                KV.of(temp.resolve("one/ids-00000-of-00002.avro").toString(), 3L),
                KV.of(temp.resolve("one/ids-00001-of-00002.avro").toString(), 2L)));
    write(pipeline, "two", 2, 3, 1, 0, 4);
    pipeline.run().waitUntilFinish();
    for (int shard = 0; shard < 2; shard++) {
      String name = WriteShards.name("ids", shard, 2);
      assertThat(temp.resolve("one").resolve(name))
          .hasSameBinaryContentAs(temp.resolve("two").resolve(name));
    }
  }

  @Test
  void recordsStandInTheirOrder(TestPipeline pipeline) throws IOException {
    write(pipeline, "one", 4, 0, 2);
    pipeline.run().waitUntilFinish();
    List<Integer> indexes = new ArrayList<>();
    try (InputStream in = Files.newInputStream(temp.resolve("one/ids-00000-of-00002.avro"))) {
      AvroFiles.read(in, IndexEntry.class, entry -> indexes.add(entry.getIndex()));
    }
    assertThat(indexes).containsExactly(0, 2, 4);
    assertThat(temp.resolve("one/ids-00001-of-00002.avro")).doesNotExist();
  }
}
