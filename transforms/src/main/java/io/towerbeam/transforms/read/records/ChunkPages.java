package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/** The pages of one column of one row group, read one by one. */
final class ChunkPages implements PageReader {
  private static final int MOST_HEADER_BYTES = 128 * 1024;

  /** No value of a dictionary takes less. */
  private static final int LEAST_VALUE_BYTES = 4;

  private final ChannelBytes file;
  private final ColumnDescriptor column;
  private final CompressionCodec codec;
  private final long values;
  private final long end;
  private long at;
  private long valuesLeft;

  ChunkPages(ChannelBytes file, ColumnDescriptor column, ColumnMetaData chunk) throws IOException {
    this.file = file;
    this.column = column;
    this.codec = chunk.getCodec();
    this.values = chunk.getNum_values();
    valuesLeft = values;
    at = chunk.getData_page_offset();
    if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
      at = Math.min(at, chunk.getDictionary_page_offset());
    }
    long bytes = chunk.getTotal_compressed_size();
    if (at < 0 || bytes < 0 || values < 0 || bytes > file.size() - at) {
      throw new DamagedFileException(
          "is damaged: column \"%s\" is said to be %d bytes at byte %d of %d"
              .formatted(column.getPath()[0], bytes, at, file.size()));
    }
    end = at + bytes;
  }

  private record Page(PageHeader header, byte[] bytes) {}

  @Override
  public long getTotalValueCount() {
    return values;
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      long start = at;
      Page page = at < end ? next() : null;
      if (page == null || page.header.getType() != PageType.DICTIONARY_PAGE) {
        at = start;
        return null;
      }
      DictionaryPageHeader header = page.header.getDictionary_page_header();
      byte[] bytes = unpack(page.bytes, 0, page.header.getUncompressed_page_size());
      if (header.getNum_values() < 0
          || (long) header.getNum_values() * LEAST_VALUE_BYTES > bytes.length) {
        throw AvroCursor.damaged(
            "a dictionary of %d values in %d bytes"
                .formatted(header.getNum_values(), bytes.length));
      }
      return new DictionaryPage(
          BytesInput.from(bytes), header.getNum_values(), encoding(header.getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataPage readPage() {
    try {
      while (valuesLeft > 0 && at < end) {
        Page page = next();
        PageHeader header = page.header;
        if (header.getType() == PageType.DATA_PAGE) {
          return first(page, header.getData_page_header());
        }
        if (header.getType() == PageType.DATA_PAGE_V2) {
          return second(page, header.getData_page_header_v2());
        }
      }
      throw AvroCursor.damaged(
          "column \"%s\" ends before its last value".formatted(column.getPath()[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataPage first(Page page, DataPageHeader header) throws IOException {
    take(header.getNum_values());
    byte[] bytes = unpack(page.bytes, 0, page.header.getUncompressed_page_size());
    Encoding encoding = encoding(header.getEncoding());
    new PageCheck(bytes, header.getNum_values()).first(column, encoding);
    return new DataPageV1(
        BytesInput.from(bytes),
        header.getNum_values(),
        bytes.length,
        null,
        encoding(header.getRepetition_level_encoding()),
        encoding(header.getDefinition_level_encoding()),
        encoding);
  }

  /** Levels stand before the values, and are never packed. */
  private DataPage second(Page page, DataPageHeaderV2 header) throws IOException {
    take(header.getNum_values());
    int repetition = header.getRepetition_levels_byte_length();
    int levels = repetition + header.getDefinition_levels_byte_length();
    if (repetition < 0 || levels < repetition || levels > page.bytes.length) {
      throw AvroCursor.damaged(
          "%d bytes of levels in a page of %d".formatted(levels, page.bytes.length));
    }
    int unpacked = page.header.getUncompressed_page_size() - levels;
    boolean isPacked = !header.isSetIs_compressed() || header.isIs_compressed();
    byte[] bytes =
        isPacked && page.bytes.length > levels
            ? unpack(page.bytes, levels, unpacked)
            : Arrays.copyOfRange(page.bytes, levels, page.bytes.length);
    Encoding encoding = encoding(header.getEncoding());
    byte[] repetitions = Arrays.copyOf(page.bytes, repetition);
    byte[] definitions = Arrays.copyOfRange(page.bytes, repetition, levels);
    new PageCheck(repetitions, header.getNum_values()).levels(column.getMaxRepetitionLevel());
    new PageCheck(definitions, header.getNum_values()).levels(column.getMaxDefinitionLevel());
    new PageCheck(bytes, header.getNum_values()).values(0, encoding);
    return DataPageV2.uncompressed(
        header.getNum_rows(),
        header.getNum_nulls(),
        header.getNum_values(),
        BytesInput.from(repetitions),
        BytesInput.from(definitions),
        encoding,
        BytesInput.from(bytes),
        null);
  }

  private void take(int count) throws IOException {
    if (count < 0 || count > valuesLeft) {
      throw AvroCursor.damaged(
          "a page of %d values where %d are left".formatted(count, valuesLeft));
    }
    valuesLeft -= count;
  }

  private Page next() throws IOException {
    PageHeader header = new PageHeader();
    int headerBytes =
        ThriftBytes.read(file.read(at, Math.min(MOST_HEADER_BYTES, end - at)), header);
    int packed = header.getCompressed_page_size();
    if (packed < 0
        || packed > end - at - headerBytes
        || header.getUncompressed_page_size() < 0
        || Math.max(packed, header.getUncompressed_page_size()) > Unpacked.MAX_BYTES) {
      throw AvroCursor.damaged(
          "a page of %d bytes, unpacked %d, with %d left and at most %d read"
              .formatted(
                  packed,
                  header.getUncompressed_page_size(),
                  end - at - headerBytes,
                  Unpacked.MAX_BYTES));
    }
    byte[] bytes = file.read(at + headerBytes, packed);
    if (header.isSetCrc()) {
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      if ((int) checksum.getValue() != header.getCrc()) {
        throw AvroCursor.damaged("the checksum of a page does not match");
      }
    }
    at += headerBytes + packed;
    return new Page(header, bytes);
  }

  private byte[] unpack(byte[] packed, int from, int most) throws IOException {
    int to = packed.length;
    return switch (codec) {
      case UNCOMPRESSED -> from == 0 ? packed : Arrays.copyOfRange(packed, from, to);
      case SNAPPY -> Unpacked.snappy(packed, from, to, most);
      case GZIP -> Unpacked.gzip(packed, from, to, most);
      case ZSTD -> Unpacked.zstandard(packed, from, to, most);
      default ->
          throw new DamagedFileException(
              "is compressed by %s: write it with snappy, gzip, zstd or nothing".formatted(codec));
    };
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) throws IOException {
    try {
      return Encoding.valueOf(encoding.name());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw AvroCursor.damaged("encoding " + encoding + " is not known");
    }
  }
}
