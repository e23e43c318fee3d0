package io.towerbeam.transforms.read;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.read.records.ColumnType;
import io.towerbeam.transforms.read.records.RecordFile;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * From a part of an Avro or Parquet file to blocks and rejected rows, handed on as they come. Every
 * row of the part ends up in one of the two.
 */
final class InteractionRecordParser {
  private static final String STAGE = ReadInteractionRecords.class.getSimpleName();
  private static final int USER = 0;
  private static final int ITEM = 1;
  private static final int TIME = 2;
  private static final int RATING = 3;

  private final InteractionRecordFormat format;
  private final RecordFilePart part;
  private final Consumer<InteractionBlock> blocks;
  private final Consumer<RejectedRecord> rejected;
  private final String source;
  private final RecordValues values;
  private final BlockBuilder block = new BlockBuilder();
  private long blockOffset;
  private TimeUnit unit;

  InteractionRecordParser(
      InteractionRecordFormat format,
      RecordFilePart part,
      Consumer<InteractionBlock> blocks,
      Consumer<RejectedRecord> rejected) {
    this.format = format;
    this.part = part;
    this.blocks = blocks;
    this.rejected = rejected;
    source = part.file().toString();
    values = new RecordValues(format.columns());
  }

  /** Parses the part out of its file. */
  void parse() throws IOException {
    RecordFiles.open(part.file(), part.bytes(), format.kind(), this::parse);
  }

  private void parse(RecordFile file) throws IOException {
    format.check(new RecordTable(source, file.columns()));
    ColumnType time = file.columns().get(format.timeColumn());
    unit = time.kind() == ColumnType.Kind.TIME ? time.unit() : format.timeUnit();
    file.read(part.part(), format.columns(), this::parseRow);
    if (block.rows() > 0) {
      handOnBlock();
    }
  }

  private void parseRow(long offset, Object[] row) {
    values.set(row);
    try {
      block.add(values.id(USER), values.id(ITEM), rating(row), values.seconds(TIME, unit));
    } catch (RowFault fault) {
      rejected.accept(values.rejected(fault, STAGE, source, offset));
      return;
    }
    if (block.rows() == 1) {
      blockOffset = offset;
    }
    if (block.rows() == InteractionColumns.MAX_ROWS) {
      handOnBlock();
    }
  }

  private float rating(Object[] row) throws RowFault {
    return row.length > RATING ? values.rating(RATING) : Float.NaN;
  }

  private void handOnBlock() {
    blocks.accept(block.build(source, blockOffset, -1, null));
  }
}
