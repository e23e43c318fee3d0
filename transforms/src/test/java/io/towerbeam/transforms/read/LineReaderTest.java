package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  @ParameterizedTest(name = "in reads of {0}")
  @ValueSource(ints = {1, 2, 3, 65_537, 65_538, 1 << 20})
  void theLongestLineEndsInsideItsLimitHoweverItsBytesArrive(int bytesPerRead) throws IOException {
    String longest = "x".repeat(LineReader.MAX_LINE_BYTES);
    byte[] file =
        String.join("\r\n", longest, longest + "y", "", longest, longest + "\ry")
            .getBytes(StandardCharsets.US_ASCII);

    LineReader lines =
        new LineReader(ParsedLog.open(file, 0, bytesPerRead), 0, false, Long.MAX_VALUE);
    List<Boolean> tooLong = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    while (lines.next()) {
      tooLong.add(lines.tooLong());
      offsets.add(lines.offset());
    }

    assertThat(tooLong).containsExactly(false, true, false, false, true);
    assertThat(offsets).containsExactly(0L, 65_538L, 131_077L, 131_079L, 196_617L);
  }
}
