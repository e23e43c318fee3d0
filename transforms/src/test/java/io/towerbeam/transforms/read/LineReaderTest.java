package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  private static final long ENDLESS = 1L << 30;

  @Test
  void aLineWithoutEndTakesNoMoreMemoryThanAShortOne() throws IOException {
    LineReader lines = new LineReader(new EndlessLine(), 0, false, Long.MAX_VALUE);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(lines.next()).isTrue();
    assertThat(lines.tooLong()).isTrue();
    assertThat(lines.next()).isFalse();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(8 << 20);
  }

  /** As much of one line as is asked for, up to a gibibyte: what a bomb unpacks to. */
  private static final class EndlessLine implements ReadableByteChannel {
    private long given;

    @Override
    public int read(ByteBuffer target) {
      if (given >= ENDLESS) {
        return -1;
      }
      int bytes = target.remaining();
      target.position(target.limit());
      given += bytes;
      return bytes;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

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
