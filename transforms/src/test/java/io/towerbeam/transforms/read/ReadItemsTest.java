package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class ReadItemsTest {
  private static final ItemFormat CSV =
      ItemFormat.of(DelimitedText.withHeader(","), "movieId", "title", "genres");

  @TempDir Path folder;

  @Test
  void theFirstOfEqualIdsIsKeptFilesInNameOrder(TestPipeline pipeline) throws IOException {
    write("b.csv", "movieId,title,genres\n1,Later (1999),Drama\n3,Three,\n");
    write("a.csv", "movieId,title,genres\n1,First (1995),Comedy|War\n1,Again,\n");

    ReadItems.Result read = pipeline.apply(ReadItems.from(path("*.csv"), CSV));

    PAssert.that(read.items())
        .containsInAnyOrder(
            new Item("1", "First (1995)", List.of("Comedy", "War"), 1995, Map.of()),
            new Item("3", "Three", List.of(), null, Map.of()));
    PAssert.that(read.rejected())
        .satisfies(
            rejected -> {
              assertThat(rejected)
                  .extracting(RejectedRecord::getReason)
                  .containsOnly(RejectionReason.DUPLICATE_ID)
                  .hasSize(2);
              return null;
            });
    PipelineResult result = pipeline.run();
    assertThat(result.metrics().allMetrics().getCounters())
        .filteredOn(counter -> counter.getName().getName().startsWith("items_"))
        .extracting(counter -> counter.getName().getName(), MetricResult::getAttempted)
        .containsExactlyInAnyOrder(tuple("items_read", 2L), tuple("items_rejected", 2L));
  }

  @Test
  void aQuotedTitleMaySpanLinesAndHoldQuotes() throws IOException {
    write("a.csv", "movieId,title,genres\r\n1,\"One,\r\n\"\"two\"\" (2001)\",Drama\r\n2,B,War");

    Catalogue catalogue = parse("a.csv", CSV);

    assertThat(catalogue.rejected()).isEmpty();
    assertThat(catalogue.items())
        .containsExactly(
            new Item("1", "One,\r\n\"two\" (2001)", List.of("Drama"), 2001, Map.of()),
            new Item("2", "B", List.of("War"), null, Map.of()));
  }

  @Test
  void aQuoteLeftOpenCostsItsOwnLineOnly() throws IOException {
    write("a.csv", "movieId,title,genres\n1,\"One,War\n2,B,War\n3,\"C, D\",War\n4,E,War\n");

    Catalogue catalogue = parse("a.csv", CSV);

    assertThat(catalogue.items()).extracting(Item::getId).containsExactly("2", "3", "4");
    assertThat(catalogue.reasons()).containsExactly(RejectionReason.BAD_QUOTES);
    assertThat(payload(catalogue.rejected().get(0))).isEqualTo("1,\"One,War");
    assertThat(catalogue.rejected().get(0).getOffset()).isEqualTo(21);
  }

  @Test
  void literalQuotesInAnUnquotedFieldDoNotOpenOne() throws IOException {
    write("a.csv", "movieId,title,genres\n1,7\"\" single,War\n2,B,War\n");

    Catalogue catalogue = parse("a.csv", CSV);

    assertThat(catalogue.items()).extracting(Item::getTitle).containsExactly("7\"\" single", "B");
  }

  @Test
  void everyKindOfFaultyRowIsRejectedWithItsReason() throws IOException {
    byte[] latin1 =
        "movieId,title,genres\n1,One\n,Two,War\n3,\u00e9,War\n\n5,A\0,War\n6,\"S\"x,War\n7,G,War\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("a.csv"), latin1);

    Catalogue catalogue = parse("a.csv", CSV);

    assertThat(catalogue.items()).extracting(Item::getId).containsExactly("7");
    assertThat(catalogue.reasons())
        .containsExactly(
            RejectionReason.WRONG_FIELD_COUNT,
            RejectionReason.EMPTY_ID,
            RejectionReason.BAD_ENCODING,
            RejectionReason.EMPTY_LINE,
            RejectionReason.NUL_CHARACTER,
            RejectionReason.BAD_QUOTES);
    assertThat(catalogue.rejected()).extracting(RejectedRecord::getStage).containsOnly("ReadItems");
  }

  @Test
  void aRowBeyondAMebibyteIsTooLong() throws IOException {
    write("a.csv", "movieId,title,genres\n1," + "x".repeat(1 << 21) + ",War\n2,B,War\n");

    Catalogue catalogue = parse("a.csv", CSV);

    assertThat(catalogue.items()).extracting(Item::getId).containsExactly("2");
    assertThat(catalogue.reasons()).containsExactly(RejectionReason.LINE_TOO_LONG);
  }

  @Test
  void noGenresListedIsNoCategoryAndOtherColumnsAreAttributes() throws IOException {
    write(
        "a.csv",
        "imdb,genres,movieId,title\ntt1,(no genres listed),1,Up (2009) \ntt2,War||War,2,B (20)\n");

    Catalogue catalogue = parse("a.csv", CSV);

    assertThat(catalogue.items())
        .containsExactly(
            new Item("1", "Up (2009) ", List.of(), 2009, Map.of("imdb", "tt1")),
            new Item("2", "B (20)", List.of("War"), null, Map.of("imdb", "tt2")));
  }

  @Test
  void aTitleInDatMayHoldTheSeparator() throws IOException {
    Files.write(
        folder.resolve("movies.dat"),
        "1::Caf\u00e9::Bar (1997)::Drama|War\n2::only two\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.createFile(folder.resolve("ratings.dat"));
    InputLayout layout = MovieLensFolder.detect(folder.toString()).orElseThrow();

    Catalogue catalogue = parse("movies.dat", layout.itemFormat());

    assertThat(catalogue.items())
        .containsExactly(
            new Item("1", "Caf\u00e9::Bar (1997)", List.of("Drama", "War"), 1997, Map.of()));
    assertThat(catalogue.reasons()).containsExactly(RejectionReason.WRONG_FIELD_COUNT);
  }

  private Catalogue parse(String name, ItemFormat format) throws IOException {
    return Catalogue.read(path(name), format);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String payload(RejectedRecord rejected) {
    return StandardCharsets.UTF_8.decode(rejected.getPayload().duplicate()).toString();
  }
}
