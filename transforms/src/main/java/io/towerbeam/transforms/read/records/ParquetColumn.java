package io.towerbeam.transforms.read.records;

import io.towerbeam.transforms.read.records.ColumnType.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column of a Parquet file: a plain value, or a list of plain values in the three shapes that
 * writers give lists. Others are of type OTHER and cannot be read.
 *
 * @param type what it holds
 * @param schema its place in the file's schema; null if it cannot be read
 * @param leaf the element with the values
 */
record ParquetColumn(ColumnType type, Type schema, SchemaElement leaf) {
  /** The column whose elements begin with {@code elements[at]}. */
  static ParquetColumn of(List<SchemaElement> elements, int at) {
    SchemaElement top = elements.get(at);
    if (top.getNum_children() == 0) {
      ColumnType value = value(top);
      if (top.getRepetition_type() == FieldRepetitionType.REPEATED) {
        return list(top, value, primitive(top));
      }
      return new ParquetColumn(value, primitive(top), top);
    }
    List<SchemaElement> chain = new ArrayList<>();
    int last = at;
    while (last < elements.size() && elements.get(last).getNum_children() == 1) {
      chain.add(elements.get(last++));
    }
    long repeated =
        elements.subList(at, Math.min(last + 1, elements.size())).stream()
            .filter(e -> e.getRepetition_type() == FieldRepetitionType.REPEATED)
            .count();
    boolean isList = last < elements.size() && elements.get(last).getNum_children() == 0;
    if (!isList || repeated != 1 || chain.size() > 2) {
      return new ParquetColumn(ColumnType.of(Kind.OTHER, "group"), null, top);
    }
    SchemaElement leaf = elements.get(last);
    Type schema = primitive(leaf);
    for (int i = chain.size() - 1; i >= 0; i--) {
      schema = new GroupType(repetition(chain.get(i)), chain.get(i).getName(), schema);
    }
    return list(leaf, value(leaf), schema);
  }

  private static ParquetColumn list(SchemaElement leaf, ColumnType value, Type schema) {
    Kind kind = value.kind() == Kind.TEXT ? Kind.TEXTS : Kind.OTHER;
    return new ParquetColumn(ColumnType.of(kind, "list of " + value.shown()), schema, leaf);
  }

  private static PrimitiveType primitive(SchemaElement element) {
    return new PrimitiveType(
        repetition(element),
        PrimitiveTypeName.valueOf(
            element.getType() == org.apache.parquet.format.Type.BYTE_ARRAY
                ? "BINARY"
                : element.getType().name()),
        element.getType_length(),
        element.getName());
  }

  private static Repetition repetition(SchemaElement element) {
    return Repetition.valueOf(element.getRepetition_type().name());
  }

  private static ColumnType value(SchemaElement element) {
    LogicalType logical = element.isSetLogicalType() ? element.getLogicalType() : null;
    ConvertedType converted = element.getConverted_type();
    String shown =
        converted == null
            ? element.getType().name().toLowerCase(Locale.ROOT)
            : converted.name().toLowerCase(Locale.ROOT);
    if (converted == ConvertedType.DECIMAL || (logical != null && logical.isSetDECIMAL())) {
      return ColumnType.of(Kind.DECIMAL, "decimal");
    }
    TimeUnit unit = unit(logical, converted);
    if (unit != null) {
      return ColumnType.time(unit, unit == TimeUnit.DAYS ? "date" : "timestamp");
    }
    return switch (element.getType()) {
      case BOOLEAN -> ColumnType.of(Kind.FLAG, shown);
      case INT32, INT64 ->
          ColumnType.of(
              converted == ConvertedType.TIME_MILLIS || converted == ConvertedType.TIME_MICROS
                  ? Kind.OTHER
                  : Kind.WHOLE,
              shown);
      case INT96 -> ColumnType.time(TimeUnit.SECONDS, "int96");
      case FLOAT, DOUBLE -> ColumnType.of(Kind.REAL, shown);
      case BYTE_ARRAY -> ColumnType.of(isText(logical, converted) ? Kind.TEXT : Kind.OTHER, shown);
      default -> ColumnType.of(Kind.OTHER, shown);
    };
  }

  private static boolean isText(LogicalType logical, ConvertedType converted) {
    return converted == ConvertedType.UTF8
        || converted == ConvertedType.ENUM
        || converted == ConvertedType.JSON
        || (logical != null && (logical.isSetSTRING() || logical.isSetENUM()));
  }

  private static TimeUnit unit(LogicalType logical, ConvertedType converted) {
    if (logical != null && logical.isSetTIMESTAMP()) {
      org.apache.parquet.format.TimeUnit unit = logical.getTIMESTAMP().getUnit();
      if (unit.isSetNANOS()) {
        return TimeUnit.NANOSECONDS;
      }
      return unit.isSetMICROS() ? TimeUnit.MICROSECONDS : TimeUnit.MILLISECONDS;
    }
    if (converted == null) {
      return logical != null && logical.isSetDATE() ? TimeUnit.DAYS : null;
    }
    return switch (converted) {
      case TIMESTAMP_MILLIS -> TimeUnit.MILLISECONDS;
      case TIMESTAMP_MICROS -> TimeUnit.MICROSECONDS;
      case DATE -> TimeUnit.DAYS;
      default -> null;
    };
  }

  /** The decimal places of a DECIMAL, which old writers name elsewhere. */
  private int scale() {
    if (type.kind() != Kind.DECIMAL) {
      return 0;
    }
    return leaf.isSetScale() || !leaf.isSetLogicalType()
        ? leaf.getScale()
        : leaf.getLogicalType().getDECIMAL().getScale();
  }

  /** The next row's value, see {@link ColumnType}. */
  Object next(ColumnReader reader, ColumnDescriptor descriptor) {
    if (descriptor.getMaxRepetitionLevel() == 0) {
      Object value = isThere(reader, descriptor) ? current(reader) : null;
      reader.consume();
      return value;
    }
    List<Object> values = new ArrayList<>();
    do {
      if (isThere(reader, descriptor)) {
        values.add(current(reader));
      }
      reader.consume();
    } while (reader.getCurrentRepetitionLevel() > 0);
    return values;
  }

  private static boolean isThere(ColumnReader reader, ColumnDescriptor descriptor) {
    return reader.getCurrentDefinitionLevel() == descriptor.getMaxDefinitionLevel();
  }

  private Object current(ColumnReader reader) {
    return switch (leaf.getType()) {
      case BOOLEAN -> reader.getBoolean();
      case INT32 -> whole(reader.getInteger());
      case INT64 -> whole(reader.getLong());
      case FLOAT -> reader.getFloat();
      case DOUBLE -> reader.getDouble();
      default -> ParquetBytes.value(reader.getBinary(), type.kind(), scale());
    };
  }

  private Object whole(long value) {
    if (type.kind() == Kind.DECIMAL) {
      return BigDecimal.valueOf(value, scale());
    }
    if (leaf.getConverted_type() == ConvertedType.UINT_32) {
      return value & 0xffff_ffffL;
    }
    return value;
  }
}
