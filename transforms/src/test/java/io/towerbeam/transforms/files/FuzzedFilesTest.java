package io.towerbeam.transforms.files;

import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import io.towerbeam.schemas.IndexEntry;
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

/** Model files, Avro data files and JSON records of any bytes: read, or an IOException. */
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
