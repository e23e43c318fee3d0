package io.towerbeam.transforms.read;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.data.InteractionColumns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

class Ml1mReadTest {
  private static final Path FOLDER =
      Path.of(
          Optional.ofNullable(System.getenv("TOWERBEAM_ML1M")).orElse("../../shared/data/ml-1m"));

  @Test
  void everyRowAndMovieIsTaken() {
    assumeTrue(Files.isDirectory(FOLDER), "ml-1m is not at " + FOLDER);
    InputLayout layout = MovieLensFolder.detect(FOLDER.toString()).orElseThrow();
    layout.check();
    TestPipeline pipeline =
        TestPipeline.fromOptions(
                PipelineOptionsFactory.fromArgs(
                        "--enforceImmutability=false", "--enforceEncodability=false")
                    .create())
            .enableAbandonedNodeEnforcement(false);

    ReadInteractions.Result interactions =
        pipeline.apply(ReadInteractions.from(layout.interactions(), layout.interactionFormat()));
    ReadItems.Result items = pipeline.apply(ReadItems.from(layout.items(), layout.itemFormat()));

    PAssert.thatSingleton(
            interactions
                .blocks()
                .apply(MapElements.into(TypeDescriptors.integers()).via(InteractionColumns::rows))
                .apply(Sum.integersGlobally()))
        .isEqualTo(1_000_209);
    PAssert.that(interactions.rejected()).empty();
    PAssert.thatSingleton(items.items().apply(Count.globally())).isEqualTo(3_883L);
    PAssert.that(items.rejected()).empty();
    pipeline.run();
  }
}
