package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.towerbeam.schemas.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RangeSplitTest {
  private static final String HEADER = "userId,movieId,rating,timestamp";

  @Example
  void everyRangeSizeGivesTheSameRowsInTheSameOrder() {
    for (String lineEnd : List.of("\n", "\r\n")) {
      for (String last : List.of("", lineEnd)) {
        String log =
            String.join(lineEnd, HEADER, "1,2,3,4", "", "bad", "5,\"6\",1,8", "ü,2,3,4") + last;
        for (int rangeBytes = 1; rangeBytes <= log.length(); rangeBytes++) {
          assertSameAsWhole(log.getBytes(StandardCharsets.UTF_8), ParsedLog.CSV, rangeBytes);
        }
      }
    }
  }

  @Example
  void aLineLongerThanManyRangesIsRejectedOnce() {
    String log = "1::2::3::4\n" + "x".repeat(300_000) + "\n5::6::3::4";

    assertSameAsWhole(log.getBytes(StandardCharsets.UTF_8), ParsedLog.DAT, 1_000);
  }

  @Property(tries = 300)
  void randomLinesAreTheSameInRangesOfAnySize(
      @ForAll("logs") String log, @ForAll @IntRange(min = 1, max = 200) int rangeBytes) {
    byte[] file = (HEADER + "\n" + log).getBytes(StandardCharsets.UTF_8);

    assertSameAsWhole(file, ParsedLog.CSV, rangeBytes);
  }

  @Property(tries = 500)
  void everyLineOfRandomBytesIsTakenOrRejected(
      @ForAll("bytes") byte[] bytes, @ForAll @IntRange(min = 1, max = 100) int rangeBytes) {
    byte[] header = (HEADER + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] file = new byte[header.length + bytes.length];
    System.arraycopy(header, 0, file, 0, header.length);
    System.arraycopy(bytes, 0, file, header.length, bytes.length);

    assertThatCode(() -> assertEveryLineCounted(bytes, file, ParsedLog.CSV, rangeBytes))
        .doesNotThrowAnyException();
    assertThatCode(() -> assertEveryLineCounted(bytes, bytes, ParsedLog.DAT, rangeBytes))
        .doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<String> logs() {
    Arbitrary<String> row =
        Arbitraries.of(
            "1,2,3,4", "12345,67890,4.5,978300760", "", "\"5\",6,1,8", "1,\"2", "é,2,3,4", ",,,");
    Arbitrary<String> noise = Arbitraries.strings().withChars("0123456789,\"\ré.-").ofMaxLength(30);
    Arbitrary<String> line = Arbitraries.oneOf(row, row, row, noise);
    Arbitrary<String> lineEnd = Arbitraries.of("\n", "\r\n");
    return line.list()
        .ofMaxSize(30)
        .flatMap(
            lines ->
                lineEnd.flatMap(
                    end -> Arbitraries.of("", end).map(last -> String.join(end, lines) + last)));
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<Byte> any = Arbitraries.bytes();
    Arbitrary<Byte> telling =
        Arbitraries.of((byte) '\n', (byte) '\r', (byte) ',', (byte) ':', (byte) '"', (byte) '1');
    return Arbitraries.oneOf(any, telling, telling).array(byte[].class).ofMaxSize(300);
  }

  private static void assertSameAsWhole(byte[] file, InteractionFormat format, int rangeBytes) {
    ParsedLog whole = ParsedLog.of(file, format, Long.MAX_VALUE);
    ParsedLog ranges = ParsedLog.of(file, format, rangeBytes);

    assertThat(ranges.rows()).isEqualTo(whole.rows());
    assertThat(ranges.rejected())
        .usingElementComparator(Comparator.comparing(RejectedRecord::toString))
        .isEqualTo(whole.rejected());
  }

  private static void assertEveryLineCounted(
      byte[] lines, byte[] file, InteractionFormat format, int rangeBytes) {
    ParsedLog log = ParsedLog.of(file, format, rangeBytes);

    assertThat(log.rows().size() + log.rejected().size()).isEqualTo(countLines(lines));
  }

  private static int countLines(byte[] bytes) {
    int count = 0;
    for (byte value : bytes) {
      count += value == '\n' ? 1 : 0;
    }
    boolean lastHasNoEnd = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
    return count + (lastHasNoEnd ? 1 : 0);
  }
}
