package io.towerbeam.transforms.read.records;

import io.towerbeam.transforms.read.records.ColumnType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.io.api.Binary;

/** Values that Parquet keeps as bytes. */
final class ParquetBytes {
  private static final long JULIAN_DAY_OF_1970 = 2_440_588;

  private ParquetBytes() {}

  static Object value(Binary bytes, Kind kind, int scale) {
    return switch (kind) {
      case TEXT, TEXTS -> Texts.decode(bytes.getBytesUnsafe(), 0, bytes.length());
      case DECIMAL -> new BigDecimal(new BigInteger(bytes.getBytes()), scale);
      case TIME -> int96Seconds(bytes);
      default -> null;
    };
  }

  /** The times of old Spark and Impala: nanoseconds of a day, and the Julian day. */
  private static long int96Seconds(Binary bytes) {
    ByteBuffer parts = ByteBuffer.wrap(bytes.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(parts.getLong());
    return seconds + TimeUnit.DAYS.toSeconds(parts.getInt() - JULIAN_DAY_OF_1970);
  }
}
