package io.towerbeam.transforms.read;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Consumer;

/**
 * From a byte range to blocks and rejected rows, handed on as they come; holds one block and one
 * line. Every line of the range ends up in one of the two.
 */
final class RangeParser {
  private static final String STAGE = ReadInteractions.class.getSimpleName();

  private final FileRange range;
  private final InteractionParser parser;
  private final Consumer<InteractionBlock> blocks;
  private final Consumer<RejectedRecord> rejected;
  private final BlockBuilder block = new BlockBuilder();
  private final String source;
  private final boolean compressed;
  private long blockOffset;

  RangeParser(
      InteractionFormat format,
      FileRange range,
      Consumer<InteractionBlock> blocks,
      Consumer<RejectedRecord> rejected) {
    this.range = range;
    this.blocks = blocks;
    this.rejected = rejected;
    parser = new InteractionParser(format, range.table());
    source = range.file().toString();
    compressed = InputFiles.isCompressed(range.file());
  }

  /** Parses the range out of its file. */
  void parse() throws IOException {
    try (ReadableByteChannel channel = InputFiles.open(range.file(), range.readOffset())) {
      parse(channel);
    }
  }

  /** Parses the range; {@code channel} stands at its {@link FileRange#readOffset}. */
  void parse(ReadableByteChannel channel) throws IOException {
    LineReader lines =
        new LineReader(channel, range.readOffset(), !range.startsAtLine(), range.end());
    while (lines.next()) {
      parseLine(lines);
      if (block.rows() == InteractionColumns.MAX_ROWS) {
        handOnBlock();
      }
    }
    if (block.rows() > 0) {
      handOnBlock();
    }
  }

  private void parseLine(LineReader lines) {
    try {
      if (lines.tooLong()) {
        throw new RowFault(
            RejectionReason.LINE_TOO_LONG,
            "the line is longer than %d bytes".formatted(LineReader.MAX_LINE_BYTES));
      }
      parser.parse(lines.buffer(), lines.from(), lines.to(), block);
      if (block.rows() == 1) {
        blockOffset = lines.offset();
      }
    } catch (RowFault fault) {
      long offset = compressed ? -1 : lines.offset();
      rejected.accept(
          fault.toRecord(STAGE, lines.buffer(), lines.from(), lines.to(), source, offset));
    }
  }

  private void handOnBlock() {
    blocks.accept(block.build(source, blockOffset, -1, null));
  }
}
