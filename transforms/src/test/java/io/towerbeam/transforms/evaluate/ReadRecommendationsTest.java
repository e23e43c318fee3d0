package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.Lists.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.testing.ForgedAvro;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class ReadRecommendationsTest {
  private static final String CSV = "user_id,rank,item_id\n1,2,b\n1,1,a\n";

  @TempDir Path folder;

  @Test
  void avroAndCsvAreToldByTheirContent(TestPipeline pipeline) throws IOException {
    Files.writeString(folder.resolve("knn.v2.csv"), CSV);
    try (OutputStream out = Files.newOutputStream(folder.resolve("als.csv.gz"));
        OutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(CSV.getBytes(UTF_8));
    }
    writeAvro(folder.resolve("part-00000"), list("ease", "1", "c"), list("ease", "2"));

    PCollectionTuple outputs = pipeline.apply(ReadRecommendations.from(folder + "/*"));

    PAssert.that(outputs.get(ReadRecommendations.RECOMMENDATIONS))
        .containsInAnyOrder(
            list("knn.v2", "1", "a", "b"),
            list("als", "1", "a", "b"),
            list("ease", "1", "c"),
            list("ease", "2"));
    PAssert.that(outputs.get(ReadRecommendations.REJECTED)).empty();
    pipeline.run();
  }

  @Test
  void theModelNameIsForRowsThatNameNone(TestPipeline pipeline) throws IOException {
    Files.writeString(folder.resolve("a.csv"), CSV);
    Files.writeString(folder.resolve("b.csv"), "user_id,rank,item_id,model\n3,1,c,slim\n");
    PCollectionTuple outputs =
        pipeline.apply(ReadRecommendations.from(folder + "/*.csv").withModelName("ours"));
    PAssert.that(outputs.get(ReadRecommendations.RECOMMENDATIONS))
        .containsInAnyOrder(list("ours", "1", "a", "b"), list("slim", "3", "c"));
    pipeline.run();
  }

  @Test
  void badRowsGoToTheSecondOutput(TestPipeline pipeline) throws IOException {
    Files.writeString(folder.resolve("a.csv"), CSV + "1,1,again\n");
    PCollectionTuple outputs = pipeline.apply(ReadRecommendations.from(folder + "/a.csv"));
    PAssert.that(outputs.get(ReadRecommendations.RECOMMENDATIONS))
        .containsInAnyOrder(list("a", "1", "a", "b"));
    PAssert.thatSingleton(outputs.get(ReadRecommendations.REJECTED))
        .satisfies(
            rejected -> {
              assertThat(rejected.getReason()).isEqualTo(RejectionReason.BAD_RANK);
              assertThat(rejected.getMessage()).isEqualTo("user 1 has an item at rank 1 already");
              assertThat(rejected.getSource()).endsWith("a.csv");
              return null;
            });
    pipeline.run();
  }

  @Test
  void anAvroFileOfAnotherSchemaFailsWithItsName(TestPipeline pipeline) throws IOException {
    try (DataFileWriter<RejectedRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(RejectedRecord.class))) {
      writer.create(RejectedRecord.getClassSchema(), folder.resolve("other.avro").toFile());
      writer.append(
          RecommendationCsv.read((CSV + "\n").getBytes(UTF_8), "f", false, "m").rejected().get(0));
    }
    pipeline.apply(ReadRecommendations.from(folder + "/other.avro"));
    assertThatThrownBy(pipeline::run).hasStackTraceContaining("other.avro");
  }

  @Test
  void anAvroFileThatIsCompressedIsRead(TestPipeline pipeline) throws IOException {
    for (String codec : List.of("deflate", "snappy", "bzip2", "zstandard")) {
      try (DataFileWriter<Recommendation> writer =
          new DataFileWriter<>(new SpecificDatumWriter<>(Recommendation.class))) {
        writer.setCodec(CodecFactory.fromString(codec));
        writer.create(Recommendation.getClassSchema(), folder.resolve(codec).toFile());
        writer.append(list(codec, "1", "c"));
      }
    }
    PAssert.that(
            pipeline
                .apply(ReadRecommendations.from(folder + "/*"))
                .get(ReadRecommendations.RECOMMENDATIONS))
        .containsInAnyOrder(
            list("deflate", "1", "c"),
            list("snappy", "1", "c"),
            list("bzip2", "1", "c"),
            list("zstandard", "1", "c"));
    pipeline.run();
  }

  @Test
  void anAvroFileThatDeclaresMoreThanItHoldsFailsWithItsName(TestPipeline pipeline)
      throws IOException {
    Files.write(
        folder.resolve("forged.avro"), ForgedAvro.of(Recommendation.getClassSchema()).get(0));
    pipeline.apply(ReadRecommendations.from(folder + "/forged.avro"));
    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining("forged.avro: 2000000000 bytes where");
  }

  @Test
  void noFileIsAnError(TestPipeline pipeline) {
    pipeline.apply(ReadRecommendations.from(folder + "/*.csv"));
    assertThatThrownBy(pipeline::run).hasStackTraceContaining("FileNotFoundException");
  }

  @Test
  void settingsAreCheckedAtOnceAndShown() {
    ReadRecommendations read = ReadRecommendations.from("lists/*");
    assertThatThrownBy(() -> ReadRecommendations.from(" ")).hasMessageContaining("file pattern");
    assertThatThrownBy(() -> read.withModelName("")).hasMessageContaining("model name");
    assertThat(DisplayData.from(read.withModelName("m")).items())
        .extracting(DisplayData.Item::getKey)
        .containsExactlyInAnyOrder("filePattern", "modelName");
  }

  private static void writeAvro(Path file, Recommendation... lists) throws IOException {
    try (DataFileWriter<Recommendation> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Recommendation.class))) {
      writer.create(Recommendation.getClassSchema(), file.toFile());
      for (Recommendation list : lists) {
        writer.append(list);
      }
    }
  }
}
