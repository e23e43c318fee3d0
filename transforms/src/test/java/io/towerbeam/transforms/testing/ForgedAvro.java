package io.towerbeam.transforms.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro data files of one record, one of whose lengths is far greater than what is there. */
public final class ForgedAvro {
  private static final int HUGE = 2_000_000_000;
  private static final byte[] MARK = new byte[DataFileConstants.SYNC_SIZE];

  /** How a length lies. */
  private enum Lie {
    /** A count or length of so many. */
    HUGE_COUNT,
    /** A count of so many, in no bytes. */
    HUGE_BLOCK_OF_NO_BYTES
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
  private final int forged;
  private final Lie lie;
  private int lengths;

  private ForgedAvro(int forged, Lie lie) {
    this.forged = forged;
    this.lie = lie;
  }

  /** A file without a lie. */
  public static byte[] honest(Schema schema) throws IOException {
    ForgedAvro record = new ForgedAvro(-1, Lie.HUGE_COUNT);
    record.write(schema);
    return file(schema, 1, record.bytes.toByteArray());
  }

  /** A file for each length in a record, and each way to lie about it. */
  public static List<byte[]> of(Schema schema) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (Lie lie : Lie.values()) {
      ForgedAvro record;
      int length = 0;
      do {
        record = new ForgedAvro(length++, lie);
        record.write(schema);
        files.add(file(schema, 1, record.bytes.toByteArray()));
      } while (length < record.lengths);
    }
    files.add(file(schema, HUGE, new byte[0]));
    return files;
  }

  /** A file whose records have one more field than the schema: lists that take no bytes. */
  public static byte[] listsOfNothing(Schema schema, Schema lists) throws IOException {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(new Schema.Field("more", lists));
    Schema wider = Schema.createRecord(schema.getName(), "", schema.getNamespace(), false, fields);
    ForgedAvro record = new ForgedAvro(-1, Lie.HUGE_COUNT);
    record.write(schema);
    int inner = 1 << 20;
    record.encoder.writeLong(inner);
    for (int i = 0; i < inner; i++) {
      record.encoder.writeLong(inner);
      record.encoder.writeLong(0);
    }
    record.encoder.writeLong(0);
    return file(wider, 1, record.bytes.toByteArray());
  }

  private void write(Schema schema) throws IOException {
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> encoder.writeBoolean(true);
      case INT, LONG -> encoder.writeLong(1);
      case ENUM -> encoder.writeEnum(0);
      case FLOAT -> encoder.writeFloat(1);
      case DOUBLE -> encoder.writeDouble(1);
      case STRING, BYTES -> {
        if (isForged()) {
          encoder.writeLong(lie == Lie.HUGE_COUNT ? HUGE : -HUGE);
        } else {
          encoder.writeString("x");
        }
      }
      case UNION -> {
        int last = schema.getTypes().size() - 1;
        encoder.writeIndex(last);
        write(schema.getTypes().get(last));
      }
      case ARRAY -> list(() -> write(schema.getElementType()));
      case MAP ->
          list(
              () -> {
                write(Schema.create(Schema.Type.STRING));
                write(schema.getValueType());
              });
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          write(field.schema());
        }
      }
      case FIXED -> throw new IllegalArgumentException("no record has " + schema);
    }
  }

  @FunctionalInterface
  private interface Entry {
    void write() throws IOException;
  }

  private void list(Entry entry) throws IOException {
    if (!isForged()) {
      encoder.writeLong(1);
      entry.write();
    } else if (lie == Lie.HUGE_COUNT) {
      encoder.writeLong(HUGE);
      entry.write();
    } else {
      encoder.writeLong(-HUGE);
      encoder.writeLong(0);
    }
    encoder.writeLong(0);
  }

  private boolean isForged() {
    return lengths++ == forged;
  }

  private static byte[] file(Schema schema, long records, byte[] block) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(DataFileConstants.MAGIC);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(file, null);
    encoder.writeMapStart();
    encoder.setItemCount(1);
    encoder.startItem();
    encoder.writeString(DataFileConstants.SCHEMA);
    encoder.writeBytes(schema.toString().getBytes(StandardCharsets.UTF_8));
    encoder.writeMapEnd();
    file.write(MARK);
    encoder.writeLong(records);
    encoder.writeLong(block.length);
    file.write(block);
    file.write(MARK);
    return file.toByteArray();
  }
}
