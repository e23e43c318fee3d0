package io.towerbeam.transforms.read;

import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.files.WholeFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * From a catalogue's files, given in order, to items and rejected rows. Holds one file and all ids.
 * Not thread-safe.
 */
final class CatalogueParser {
  private static final String STAGE = ReadItems.class.getSimpleName();

  private final ItemFormat format;
  private final Consumer<Item> items;
  private final Consumer<RejectedRecord> rejected;
  private final Set<String> ids = new HashSet<>();

  CatalogueParser(ItemFormat format, Consumer<Item> items, Consumer<RejectedRecord> rejected) {
    this.format = format;
    this.items = items;
    this.rejected = rejected;
  }

  /** Goes on with {@code file}. */
  void parse(ResourceId file) throws IOException {
    TableStart table = TableStart.read(file, format.text());
    ItemParser parser = new ItemParser(format, table);
    byte[] bytes = readWhole(file);
    RecordScanner records =
        new RecordScanner(bytes, Math.toIntExact(table.dataOffset()), format.text());
    while (records.next()) {
      try {
        items.accept(parseRecord(parser, bytes, records));
      } catch (RowFault fault) {
        long offset = InputFiles.isCompressed(file) ? -1 : records.from();
        rejected.accept(
            fault.toRecord(STAGE, bytes, records.from(), records.to(), file.toString(), offset));
      }
    }
  }

  private Item parseRecord(ItemParser parser, byte[] bytes, RecordScanner records) throws RowFault {
    Item item;
    try {
      item = parser.parse(bytes, records.from(), records.to());
    } catch (RowFault fault) {
      if (fault.reason() == RejectionReason.BAD_QUOTES) {
        records.cutToLine();
      }
      throw fault;
    }
    if (!ids.add(item.getId())) {
      throw new RowFault(
          RejectionReason.DUPLICATE_ID,
          "%s %s stands in the catalogue before; the first is kept"
              .formatted(format.idColumn(), RowFault.shown(item.getId())));
    }
    return item;
  }

  private static byte[] readWhole(ResourceId file) throws IOException {
    try (ReadableByteChannel channel = InputFiles.open(file, 0)) {
      return WholeFile.read(
          Channels.newInputStream(channel), file.toString(), WholeFile.mostBytes());
    }
  }
}
