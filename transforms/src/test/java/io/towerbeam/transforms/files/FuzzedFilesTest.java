package io.towerbeam.transforms.files;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.IdIndex;
import io.towerbeam.ml.data.ShardHistories;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.TrainingInfo;
import io.towerbeam.transforms.testing.Fuzzer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Model files, Avro data files, their blocks and JSON records of any bytes: read, or refused. */
@Timeout(3600)
class FuzzedFilesTest {
  private static final int INPUTS = 20_000;

  @Test
  void filesOfAnyBytesAreReadOrRefused() throws IOException {
    fuzz(INPUTS);
  }

  @Test
  @Tag("nightly")
  void manyFilesOfAnyBytesAreReadOrRefused() throws IOException {
    fuzz(INPUTS * Fuzzer.NIGHTLY);
  }

  private static void fuzz(int count) throws IOException {
    List<Class<? extends Exception>> declared = List.of(IOException.class);
    new Fuzzer("model files", FuzzedFilesTest::readArrays, declared)
        .run(count * 2 / 5, List.of(arrays()));
    new Fuzzer("Avro data files", FuzzedFilesTest::readRecords, declared)
        .run(count * 2 / 5, List.of(records()));
    new Fuzzer("records in JSON", FuzzedFilesTest::readJson, declared)
        .run(count / 5, List.of(json()));
    new Fuzzer(
            "interaction blocks",
            FuzzedFilesTest::readBlocks,
            List.of(IOException.class, IllegalArgumentException.class))
        .run(count / 5, List.of(blocks()));
  }

  private static String readArrays(byte[] input) throws IOException {
    TensorFile file = TensorFile.readFrom(new ByteArrayInputStream(input));
    return file.arrays().size() + " " + file.properties().size();
  }

  private static String readRecords(byte[] input) throws IOException {
    List<IndexEntry> entries = new ArrayList<>();
    AvroFiles.read(new ByteArrayInputStream(input), IndexEntry.class, entries::add);
    return String.valueOf(entries.size());
  }

  /** As histories are made of a shard's file. */
  private static String readBlocks(byte[] input) throws IOException {
    List<InteractionBlock> blocks = new ArrayList<>();
    AvroFiles.read(new ByteArrayInputStream(input), InteractionBlock.class, blocks::add);
    List<String> users = new ArrayList<>();
    IdIndex items = IdIndex.of(List.of("i1", "i2", "i3"));
    ShardHistories.forEach(blocks, 0, items, (user, history) -> users.add(user));
    return blocks.size() + " " + users.size();
  }

  private static String readJson(byte[] input) throws IOException {
    ModelArtifact artifact =
        AvroJsonReader.read(new ByteArrayInputStream(input), ModelArtifact.class);
    return String.valueOf(artifact.getParameters().size());
  }

  private static byte[] arrays() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NamedArray array = new NamedArray("weights", new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6});
    new TensorFile(List.of(array), Map.of("epoch", "3")).writeTo(out);
    return out.toByteArray();
  }

  private static byte[] records() throws IOException {
    List<IndexEntry> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      entries.add(
          IndexEntry.newBuilder().setIndex(i).setId("item" + i).setTrainInteractions(i).build());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AvroFiles.write(out, IndexEntry.class, entries);
    return out.toByteArray();
  }

  private static byte[] blocks() throws IOException {
    BlockBuilder builder = new BlockBuilder();
    for (int row = 0; row < 12; row++) {
      builder.add("u" + row / 4, "i" + row % 5, 1 + row % 5, 978_300_000L + row);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AvroFiles.write(out, InteractionBlock.class, List.of(builder.build("log", 0, 0, null)));
    return out.toByteArray();
  }

  private static byte[] json() {
    return AvroJson.bytes(
        ModelArtifact.newBuilder()
            .setModel("ease")
            .setProvider("ease")
            .setPath("/runs/r/model/ease")
            .setParameters(Map.of("lambda", 30000.5, "sides", "both"))
            .setSeed(42)
            .setTraining(new TrainingInfo(1.5, 0, 0.0))
            .build());
  }
}
