package io.towerbeam.transforms.prepare;

import io.towerbeam.ml.data.SharedIds;
import io.towerbeam.schemas.InteractionBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Blocks as bytes, for grouping: some 25 bytes a row. A runner that groups in memory copies and
 * holds every element that is on its way, and as strings the ids of a small block take twice what
 * its rows do.
 */
final class PackedBlock {
  private PackedBlock() {}

  static byte[] pack(InteractionBlock block) {
    try {
      ByteBuffer packed = InteractionBlock.getEncoder().encode(block);
      byte[] bytes = new byte[packed.remaining()];
      packed.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("a block that cannot be packed", e);
    }
  }

  static InteractionBlock unpack(byte[] packed) {
    try {
      InteractionBlock block = InteractionBlock.getDecoder().decode(packed);
      block.getUserIds().replaceAll(SharedIds::of);
      block.getItemIds().replaceAll(SharedIds::of);
      return block;
    } catch (IOException e) {
      throw new UncheckedIOException("a packed block that cannot be read", e);
    }
  }
}
