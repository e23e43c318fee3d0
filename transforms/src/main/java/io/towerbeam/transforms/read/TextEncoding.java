package io.towerbeam.transforms.read;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * How a file's bytes stand for characters. Both encodings write ASCII as itself and use no ASCII
 * byte for anything else, which is why lines and fields can be cut before they are decoded.
 */
public enum TextEncoding {
  /** Checked strictly; a byte order mark at the start of a file is skipped. */
  UTF_8(StandardCharsets.UTF_8),
  /** Latin-1, in which every byte is a character. */
  ISO_8859_1(StandardCharsets.ISO_8859_1);

  private final Charset charset;

  TextEncoding(Charset charset) {
    this.charset = charset;
  }

  /** The encoding as Java knows it. */
  public Charset charset() {
    return charset;
  }

  /**
   * The text of {@code bytes[from, to)}.
   *
   * @throws CharacterCodingException if the bytes are no text in this encoding
   */
  String decode(byte[] bytes, int from, int to) throws CharacterCodingException {
    if (this == ISO_8859_1) {
      return new String(bytes, from, to - from, charset);
    }
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes, from, to - from))
        .toString();
  }
}
