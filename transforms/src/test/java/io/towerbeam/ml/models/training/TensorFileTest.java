package io.towerbeam.ml.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorFileTest {
  private static final TensorFile FILE =
      new TensorFile(
          List.of(
              new NamedArray("scalar", new long[0], new float[] {Float.MIN_VALUE}),
              new NamedArray("empty", new long[] {0, 3}, new float[0]),
              new NamedArray("matrix", new long[] {2, 2}, new float[] {1, -0f, Float.NaN, 1e38f})),
          Map.of("epoch", "3", "loss", "0.1"));

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertIsWhole(read(bytes()));
  }

  private static void assertIsWhole(TensorFile read) {
    assertThat(read.properties()).isEqualTo(FILE.properties());
    assertThat(read.arrays()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(read.arrays().get(i).name()).isEqualTo(FILE.arrays().get(i).name());
      assertThat(read.arrays().get(i).shape()).isEqualTo(FILE.arrays().get(i).shape());
      assertThat(read.arrays().get(i).values()).isEqualTo(FILE.arrays().get(i).values());
    }
  }

  @Test
  void aFileWithoutAChecksumOfNamesAndShapesIsRead() throws IOException {
    String text = new String(bytes(), StandardCharsets.ISO_8859_1);
    String earlier = text.replace("towerbeam-array-heads-crc32c", "an-entry-that-says-not-much.");
    assertThat(earlier).isNotEqualTo(text);
    assertIsWhole(read(earlier.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void equalContentsMakeEqualBytes() throws IOException {
    assertThat(bytes()).isEqualTo(bytes());
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut after %d bytes", length)
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void aFlippedBitIsSeenOrChangesNothing() throws IOException {
    byte[] whole = bytes();
    for (int bit = 0; bit < Byte.SIZE * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      try {
        assertIsWhole(read(flipped));
      } catch (DamagedFileException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void aLengthBeyondTheFileIsNotAllocated() {
    byte[] lie = {'O', 'b', 'j', 1, 2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    assertThatThrownBy(() -> read(lie)).isInstanceOf(DamagedFileException.class);
  }

  private static byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FILE.writeTo(out);
    return out.toByteArray();
  }

  private static TensorFile read(byte[] bytes) throws IOException {
    return TensorFile.readFrom(new ByteArrayInputStream(bytes));
  }
}
