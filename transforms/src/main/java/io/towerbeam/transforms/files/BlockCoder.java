package io.towerbeam.transforms.files;

import io.towerbeam.ml.data.SharedIds;
import io.towerbeam.schemas.InteractionBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Interaction blocks as Avro, length first. Beam's {@code AvroCoder} takes its schema along as
 * JSON, which the DirectRunner writes twice for each bundle of a step, and codes a block's ids byte
 * by byte; this one takes the schema from the class, codes through a buffer, and gives equal ids as
 * one string.
 */
public final class BlockCoder extends AtomicCoder<InteractionBlock> {
  private static final long serialVersionUID = 1L;
  private static final BlockCoder INSTANCE = new BlockCoder();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private BlockCoder() {}

  /** The coder. */
  public static BlockCoder of() {
    return INSTANCE;
  }

  /** A block as bytes: 20 a row and those of its ids. */
  public static byte[] pack(InteractionBlock block) {
    try {
      ByteBuffer packed = InteractionBlock.getEncoder().encode(block);
      byte[] bytes = new byte[packed.remaining()];
      packed.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("a block that cannot be packed", e);
    }
  }

  /**
   * The block that was packed.
   *
   * @throws UncheckedIOException if the bytes are not one
   */
  public static InteractionBlock unpack(byte[] packed) {
    try {
      InteractionBlock block = InteractionBlock.getDecoder().decode(packed);
      block.getUserIds().replaceAll(SharedIds::of);
      block.getItemIds().replaceAll(SharedIds::of);
      return block;
    } catch (IOException e) {
      throw new UncheckedIOException("a packed block that cannot be read", e);
    }
  }

  @Override
  public void encode(InteractionBlock block, OutputStream out) throws IOException {
    BYTES.encode(pack(block), out);
  }

  @Override
  public InteractionBlock decode(InputStream in) throws IOException {
    return unpack(BYTES.decode(in));
  }

  @Override
  public TypeDescriptor<InteractionBlock> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(InteractionBlock.class);
  }
}
