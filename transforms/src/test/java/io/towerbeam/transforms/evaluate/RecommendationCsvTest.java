package io.towerbeam.transforms.evaluate;

import static io.towerbeam.transforms.evaluate.Lists.list;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendationCsvTest {
  private static final String HEADER = "user_id,rank,item_id\n";

  @Test
  void rowsInAnyOrderMakeListsByRank() {
    RecommendationCsv csv = read(HEADER + "2,2,b\n1,1,x\n2,10,c\n2,1,a\n");
    assertThat(csv.lists())
        .containsExactly(list("file", "2", "a", "b", "c"), list("file", "1", "x"));
    assertThat(csv.rejected()).isEmpty();
  }

  @Test
  void columnsStandInAnyOrderWithScoreModelAndOthers() {
    RecommendationCsv csv =
        read("why,score,item_id,model,rank,user_id\nso,.5,a,als,1,7\n,,b,,1,7\n");
    assertThat(csv.lists())
        .containsExactly(
            new Recommendation("als", "7", List.of(new RecommendedItem("a", .5f))),
            new Recommendation("file", "7", List.of(new RecommendedItem("b", 0f))));
  }

  @Test
  void quotesByteOrderMarkAndWindowsLineEndsAreRead() {
    RecommendationCsv csv =
        read("\uFEFF\"user_id\",rank,item_id\r\n\"Zoë, \"\"Z\"\"\",1,\"a\"\r\n\"1\",1,é");
    assertThat(csv.lists())
        .containsExactly(list("file", "Zoë, \"Z\"", "a"), list("file", "1", "é"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          1,2       | WRONG_FIELD_COUNT
          1,2,b,c   | WRONG_FIELD_COUNT
          ,2,b      | EMPTY_ID
          1,2,      | EMPTY_ID
          1,,b      | BAD_RANK
          1,0,b     | BAD_RANK
          1,-1,b    | BAD_RANK
          1,1.5,b   | BAD_RANK
          1,two,b   | BAD_RANK
          1,1,b     | BAD_RANK
          1,2,"b    | BAD_QUOTES
          1,"2"3,b  | BAD_QUOTES
          ''        | EMPTY_LINE
          """)
  void aBadRowIsRejectedAndTheRestIsReadOn(String row, RejectionReason reason) {
    RecommendationCsv csv = read(HEADER + "1,1,é\n" + row + "\n1,3,c\n");

    assertThat(csv.lists()).containsExactly(list("file", "1", "é", "c"));
    assertThat(csv.rejected()).hasSize(1);
    RejectedRecord rejected = csv.rejected().get(0);
    assertThat(rejected.getReason()).isEqualTo(reason);
    assertThat(rejected.getStage()).isEqualTo("ReadRecommendations");
    assertThat(UTF_8.decode(rejected.getPayload()).toString()).isEqualTo(row);
    assertThat(rejected.getSource()).isEqualTo("dir/file.csv");
    assertThat(rejected.getOffset()).isEqualTo(HEADER.length() + 7);
  }

  @Test
  void aScoreThatIsNoNumberIsRejected() {
    RecommendationCsv csv = read("user_id,rank,item_id,score\n1,1,a,high\n1,2,b,NaN\n1,3,c,1e-3\n");
    assertThat(csv.rejected())
        .extracting(RejectedRecord::getReason)
        .containsExactly(RejectionReason.BAD_SCORE, RejectionReason.BAD_SCORE);
    assertThat(csv.rejected().get(0).getMessage()).contains("high");
    assertThat(csv.lists()).hasSize(1);
  }

  @Test
  void aLineInAnotherEncodingIsRejected() {
    byte[] content = (HEADER + "1,1,é\n").getBytes(ISO_8859_1);
    RecommendationCsv csv = RecommendationCsv.read(content, "f", false, "m");
    assertThat(csv.rejected())
        .extracting(RejectedRecord::getReason)
        .containsExactly(RejectionReason.BAD_ENCODING);
  }

  @Test
  void aLongRowIsCutAndOffsetsOfCompressedFilesAreUnknown() {
    byte[] content = (HEADER + "x".repeat(100_000)).getBytes(UTF_8);
    RejectedRecord rejected = RecommendationCsv.read(content, "f", true, "m").rejected().get(0);
    assertThat(rejected.getPayload().remaining()).isEqualTo(65_536);
    assertThat(rejected.getOffset()).isEqualTo(-1);
  }

  @Test
  void aFileWithoutANeededColumnIsRefused() {
    assertThatThrownBy(() -> read("user_id,item_id\n1,a\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dir/file.csv has no column rank; its header is user_id,item_id");
    assertThatThrownBy(() -> read("")).hasMessageContaining("does not begin with a header");
  }

  @Test
  void aHeaderAloneGivesNoLists() {
    assertThat(read(HEADER).lists()).isEmpty();
  }

  private static RecommendationCsv read(String content) {
    return RecommendationCsv.read(content.getBytes(UTF_8), "dir/file.csv", false, "file");
  }
}
