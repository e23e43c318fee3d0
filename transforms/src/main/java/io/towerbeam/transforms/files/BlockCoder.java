package io.towerbeam.transforms.files;

import io.towerbeam.schemas.InteractionBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Interaction blocks as {@link AvroCoder} codes them, but by a coder that takes its schema from the
 * class. An {@code AvroCoder} takes its schema along as JSON, and the DirectRunner writes the
 * coders of a step's inputs and outputs twice for each bundle of it.
 */
public final class BlockCoder extends AtomicCoder<InteractionBlock> {
  private static final long serialVersionUID = 1L;
  private static final BlockCoder INSTANCE = new BlockCoder();
  private static final AvroCoder<InteractionBlock> AVRO =
      AvroCoder.specific(InteractionBlock.class);

  private BlockCoder() {}

  /** The coder. */
  public static BlockCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(InteractionBlock block, OutputStream out) throws IOException {
    AVRO.encode(block, out);
  }

  @Override
  public InteractionBlock decode(InputStream in) throws IOException {
    return AVRO.decode(in);
  }

  @Override
  public TypeDescriptor<InteractionBlock> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(InteractionBlock.class);
  }
}
