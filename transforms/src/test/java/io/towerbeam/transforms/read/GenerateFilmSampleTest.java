package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.FilmSample;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.Interaction;
import io.towerbeam.schemas.InteractionBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class GenerateFilmSampleTest {
  @Test
  void givesTheSampleItemByItemAndRowByRow(TestPipeline pipeline) {
    GenerateFilmSample.Result result = pipeline.apply(GenerateFilmSample.create());

    PAssert.that(result.items())
        .containsInAnyOrder(FilmSample.generate(FilmSample.DEFAULT_SEED).items());
    PAssert.that(result.blocks())
        .satisfies(
            blocks -> {
              assertThat(rowsInOrder(blocks))
                  .isEqualTo(FilmSample.generate(FilmSample.DEFAULT_SEED).interactions());
              return null;
            });
    pipeline.run();
  }

  @Test
  void blocksAreOfTheUsualSizeAndSayThatTheyAreGenerated(TestPipeline pipeline) {
    PAssert.that(pipeline.apply(GenerateFilmSample.create().withSeed(7)).blocks())
        .satisfies(
            blocks -> {
              assertThat(blocks)
                  .hasSizeGreaterThan(1)
                  .allSatisfy(
                      block -> {
                        assertThat(block.getSource()).isEqualTo("generated");
                        assertThat(block.getShard()).isEqualTo(-1);
                        assertThat(block.getExclusion()).isNull();
                        assertThat(InteractionColumns.rows(block))
                            .isBetween(1, InteractionColumns.MAX_ROWS);
                      });
              return null;
            });
    pipeline.run();
  }

  @Test
  void showsItsSeed() {
    DisplayData shown = DisplayData.from(GenerateFilmSample.create().withSeed(7));

    assertThat(shown.items())
        .anySatisfy(
            item -> {
              assertThat(item.getKey()).isEqualTo("seed");
              assertThat(item.getValue()).isEqualTo(7L);
            });
  }

  private static List<Interaction> rowsInOrder(Iterable<InteractionBlock> blocks) {
    List<Interaction> rows = new ArrayList<>();
    StreamSupport.stream(blocks.spliterator(), false)
        .sorted(Comparator.comparingLong(InteractionBlock::getOffset))
        .forEach(
            block -> {
              assertThat(block.getOffset()).isEqualTo(rows.size());
              InteractionColumns columns = InteractionColumns.of(block);
              for (int row = 0; row < columns.rows(); row++) {
                rows.add(
                    new Interaction(
                        columns.userId(row),
                        columns.itemId(row),
                        columns.ratings()[row],
                        columns.times()[row]));
              }
            });
    return rows;
  }
}
