package io.towerbeam.transforms.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class RequireCountsTest {
  @TempDir Path run;

  private PCollection<Map<String, Long>> require(TestPipeline pipeline, List<String> reasons) {
    List<RejectedRecord> rejected =
        LongStream.of(70, 7, 700, 77)
            .mapToObj(
                offset ->
                    new RejectedRecord(
                        "Read",
                        RejectionReason.BAD_TIME,
                        "bad time",
                        ByteBuffer.wrap("u\u0007,i".getBytes()),
                        "f.csv",
                        offset))
            .toList();
    return pipeline
        .apply("Counts", Create.of(List.of(Map.of("rows", 4L))).withCoder(Counts.MAP_CODER))
        .apply(
            RequireCounts.of(
                "test",
                new Folder(run.toString()),
                counts -> reasons,
                pipeline.apply(
                    "Rejected",
                    Create.of(rejected).withCoder(AvroCoder.specific(RejectedRecord.class)))));
  }

  @Test
  void goodCountsPass(TestPipeline pipeline) {
    PAssert.thatSingleton(require(pipeline, List.of())).isEqualTo(Map.of("rows", 4L));
    pipeline.run().waitUntilFinish();
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void badCountsEndTheRunWithItsVerdictWritten(TestPipeline pipeline) throws IOException {
    require(pipeline, List.of("too many"));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasRootCauseInstanceOf(RunFailedException.class)
        .hasRootCauseMessage("too many");
    try (InputStream in = Files.newInputStream(run.resolve("outcome.json"))) {
      Outcome outcome = AvroJsonReader.read(in, Outcome.class);
      assertThat(outcome.getVerdict()).isEqualTo(Verdict.FAILED);
      assertThat(outcome.getReasons()).containsExactly("too many");
      assertThat(outcome.getCounts()).isEqualTo(Map.of("rows", 4L));
      assertThat(outcome.getExamples())
          .containsExactly(
              "f.csv, byte 7: bad time: u?,i",
              "f.csv, byte 70: bad time: u?,i",
              "f.csv, byte 77: bad time: u?,i");
    }
  }
}
