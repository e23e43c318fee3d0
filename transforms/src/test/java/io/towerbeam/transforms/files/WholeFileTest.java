package io.towerbeam.transforms.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class WholeFileTest {
  private static final int UNPACKED = 64 << 20;

  private static InputStream bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      for (int mebibyte = 0; mebibyte < UNPACKED >> 20; mebibyte++) {
        zip.write(new byte[1 << 20]);
      }
    }
    assertThat(packed.size()).isLessThan(UNPACKED / 500);
    return new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()));
  }

  @Test
  void aFewBytesThatUnpackToMoreThanThereMayBeAreRefused() throws IOException {
    InputStream bomb = bomb();
    assertThatThrownBy(() -> WholeFile.read(bomb, "lists.csv.gz", 1 << 20))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "lists.csv.gz has more than 1,048,576 bytes unpacked, too many to be held in memory:"
                + " cut it into several files");
    assertThat(bomb.readAllBytes().length).isGreaterThan(UNPACKED - (1 << 21)); // not read on
  }

  @Test
  void whatIsNoLongerIsReadWhole() throws IOException {
    byte[] bytes = {1, 2, 3};
    assertThat(WholeFile.read(new ByteArrayInputStream(bytes), "f", 3)).isEqualTo(bytes);
    assertThat(WholeFile.mostBytes())
        .isPositive()
        .isLessThanOrEqualTo((int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 4));
  }
}
