package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractionRowsTest {
  private static final String HEADER = "userId,movieId,rating,timestamp\n";
  private static final InteractionFormat FIVE_STARS = ParsedLog.CSV.withRatingRange(0.5f, 5);

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\'',
      value = {
        "1,2,3 WRONG_FIELD_COUNT",
        "1,2,3,4,5 WRONG_FIELD_COUNT",
        ",2,3,4 EMPTY_ID",
        "1,,3,4 EMPTY_ID",
        "1,\"\",3,4 EMPTY_ID",
        "1,2,good,4 BAD_RATING",
        "1,2,,4 BAD_RATING",
        "1,2,NaN,4 BAD_RATING",
        "1,2,Infinity,4 BAD_RATING",
        "1,2,1e39,4 BAD_RATING",
        "1,2,3f,4 BAD_RATING",
        "1,2,0.4,4 RATING_OUT_OF_RANGE",
        "1,2,5.5,4 RATING_OUT_OF_RANGE",
        "1,2,3,4.0 BAD_TIME",
        "1,2,3, BAD_TIME",
        "1,2,3,noon BAD_TIME",
        "1,2,3,-1 TIME_OUT_OF_RANGE",
        "1,2,3,4102444801 TIME_OUT_OF_RANGE",
        "1,2,3,99999999999999999999 TIME_OUT_OF_RANGE",
        "1,\"2,3,4 NEWLINE_IN_QUOTES",
        "1,2,3,\" NEWLINE_IN_QUOTES",
        "1,\"2\"x,3,4 BAD_QUOTES",
        "'' EMPTY_LINE",
        "1,2\0,3,4 NUL_CHARACTER",
      })
  void aFaultyRowIsRejectedAndItsNeighboursAreKept(String line, RejectionReason reason) {
    String before = HEADER + "7,8,4,100\n";

    ParsedLog log = ParsedLog.of(before + line + "\n9,8,2,200\n", FIVE_STARS);

    assertThat(log.rows()).containsExactly("7|8|4.0|100", "9|8|2.0|200");
    RejectedRecord rejected = log.rejected().get(0);
    assertThat(log.rejected()).hasSize(1);
    assertThat(rejected.getReason()).isEqualTo(reason);
    assertThat(rejected.getStage()).isEqualTo("ReadInteractions");
    assertThat(rejected.getSource()).isEqualTo("/memory/log.csv");
    assertThat(rejected.getOffset()).isEqualTo(before.length());
    assertThat(payload(rejected)).isEqualTo(line);
    assertThat(rejected.getMessage()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void theMessageNamesColumnValueAndWhatIsAccepted() {
    ParsedLog log = ParsedLog.of(HEADER + "1,2,7.5,4\n1,2,3\n", FIVE_STARS);

    assertThat(log.rejected())
        .extracting(RejectedRecord::getMessage)
        .containsExactly(
            "rating \"7.5\" is not from 0.5 to 5.0",
            "3 fields, not the 4 columns userId, movieId, rating, timestamp");
  }

  @Test
  void theEdgesOfEveryRangeAreTaken() {
    ParsedLog log = ParsedLog.of(HEADER + "1,2,0.5,0\n1,2,5,4102444800\n", FIVE_STARS);

    assertThat(log.rows()).containsExactly("1|2|0.5|0", "1|2|5.0|4102444800");
    assertThat(log.rejected()).isEmpty();
  }

  @Test
  void brokenUtf8IsRejectedWhereverItStandsInTheLine() {
    byte[] log = (HEADER + "1,2\u00ff,3,4\n1,2,3,4\n").getBytes(StandardCharsets.ISO_8859_1);

    ParsedLog parsed = ParsedLog.of(log, ParsedLog.CSV, Long.MAX_VALUE);

    assertThat(parsed.reasons()).containsExactly(RejectionReason.BAD_ENCODING);
    assertThat(parsed.rows()).containsExactly("1|2|3.0|4");
  }

  @Test
  void soundUtf8AndEveryLatin1ByteBecomeTheirCharacters() {
    String utf8 = HEADER + "zoë,\"naïve, 映画\",3,4\n";
    byte[] latin1 = "zo\u00eb::\u00ff::3::4".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(ParsedLog.of(utf8, ParsedLog.CSV).rows()).containsExactly("zoë|naïve, 映画|3.0|4");
    assertThat(ParsedLog.of(latin1, ParsedLog.DAT, Long.MAX_VALUE).rows())
        .containsExactly("zo\u00eb|\u00ff|3.0|4");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstColumnsName() {
    ParsedLog log = ParsedLog.of("\ufeff" + HEADER + "1,2,3,4\n", ParsedLog.CSV);

    assertThat(log.rows()).containsExactly("1|2|3.0|4");
  }

  @Test
  void columnsAreFoundByNameInAnyOrderAmongOthers() {
    ParsedLog log =
        ParsedLog.of("timestamp,note,\"movieId\",rating,userId\n4,x,2,3,1\n", ParsedLog.CSV);

    assertThat(log.rows()).containsExactly("1|2|3.0|4");
  }

  @Test
  void quotesAreCharactersWhereTheFormatHasNone() {
    assertThat(ParsedLog.of("\"a\"::b\"::3::4", ParsedLog.DAT).rows())
        .containsExactly("\"a\"|b\"|3.0|4");
  }

  @Test
  void quotedFieldsMayHoldSeparatorsAndDoubledQuotes() {
    ParsedLog log = ParsedLog.of(HEADER + "\"1,\"\"a\"\"\",2,\"3\",4\n", ParsedLog.CSV);

    assertThat(log.rows()).containsExactly("1,\"a\"|2|3.0|4");
  }

  @Test
  void aNewlineInQuotesRejectsBothOfItsLinesAndNoMore() {
    ParsedLog log = ParsedLog.of(HEADER + "1,\"2\n2\",3,4\n5,6,3,4\n", ParsedLog.CSV);

    assertThat(log.reasons())
        .containsExactly(RejectionReason.NEWLINE_IN_QUOTES, RejectionReason.WRONG_FIELD_COUNT);
    assertThat(log.rows()).containsExactly("5|6|3.0|4");
  }

  @Test
  void withoutARatingColumnEveryRatingIsNaN() {
    InteractionFormat format =
        InteractionFormat.of(DelimitedText.withHeader("\t"), "user", "item", "", "time");

    assertThat(ParsedLog.of("user\titem\ttime\n1\t2\t4\n", format).rows())
        .containsExactly("1|2|NaN|4");
  }

  @Test
  void anOptionalRatingMayBeEmptyButNotWrong() {
    ParsedLog log = ParsedLog.of(HEADER + "1,2,,4\n1,2,x,4\n", ParsedLog.CSV.withOptionalRating());

    assertThat(log.rows()).containsExactly("1|2|NaN|4");
    assertThat(log.reasons()).containsExactly(RejectionReason.BAD_RATING);
  }

  @Test
  void millisecondsAreCutToSecondsAndCheckedAsSuch() {
    ParsedLog log =
        ParsedLog.of(
            HEADER + "1,2,3,978300760999\n1,2,3,4102444800001\n",
            ParsedLog.CSV.withTimeUnit(TimeUnit.MILLISECONDS));

    assertThat(log.rows()).containsExactly("1|2|3.0|978300760");
    assertThat(log.reasons()).containsExactly(RejectionReason.TIME_OUT_OF_RANGE);
  }

  @Test
  void theLongestLineIsTakenAndOneByteMoreIsTooLong() {
    String rest = ",2,3,4";
    String user = "u".repeat(LineReader.MAX_LINE_BYTES - rest.length());

    ParsedLog log =
        ParsedLog.of(
            HEADER + user + rest + "\r\n" + user + "u" + rest + "\r\n1,2,3,4\r\n", ParsedLog.CSV);

    assertThat(log.rows()).containsExactly(user + "|2|3.0|4", "1|2|3.0|4");
    assertThat(log.reasons()).containsExactly(RejectionReason.LINE_TOO_LONG);
  }

  @Test
  void aLineOfManyBuffersIsSkippedAndItsPayloadCut() {
    String longLine = "x".repeat(1 << 21);

    ParsedLog log = ParsedLog.of(HEADER + longLine + "\n1,2,3,4", ParsedLog.CSV);

    assertThat(log.rows()).containsExactly("1|2|3.0|4");
    assertThat(log.reasons()).containsExactly(RejectionReason.LINE_TOO_LONG);
    assertThat(log.rejected().get(0).getPayload().remaining()).isEqualTo(64 * 1024);
  }

  @Test
  void theEndOfTheLastLineIsNoEmptyLine() {
    assertThat(ParsedLog.of(HEADER + "1,2,3,4\n", ParsedLog.CSV).rejected()).isEmpty();
    assertThat(ParsedLog.of(HEADER, ParsedLog.CSV).rejected()).isEmpty();
    assertThat(ParsedLog.of("", ParsedLog.DAT).rejected()).isEmpty();
    assertThat(ParsedLog.of("\n", ParsedLog.DAT).reasons())
        .containsExactly(RejectionReason.EMPTY_LINE);
  }

  @Test
  void blocksAreFullInFileOrderAndKnowWhereTheyBegin() {
    String row = "1::2::3::4\n";

    List<InteractionBlock> blocks =
        ParsedLog.of("bad\n" + row.repeat(32_768 + 1), ParsedLog.DAT).blocks();

    assertThat(blocks).extracting(InteractionColumns::rows).containsExactly(32_768, 1);
    assertThat(blocks)
        .extracting(InteractionBlock::getOffset)
        .containsExactly(4L, 4L + 32_768L * row.length());
    assertThat(blocks).extracting(InteractionBlock::getShard).containsOnly(-1);
  }

  private static String payload(RejectedRecord rejected) {
    return StandardCharsets.UTF_8.decode(rejected.getPayload().duplicate()).toString();
  }
}
