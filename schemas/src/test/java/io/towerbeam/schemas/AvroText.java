package io.towerbeam.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Records as JSON-encoded Avro, one line each, and as files hold them. */
final class AvroText {
  private AvroText() {}

  static String toJson(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  static GenericRecord fromJson(Schema schema, String line) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().jsonDecoder(schema, line));
  }

  /** {@code record} as our programs find it in a file: as one of the generated classes. */
  static SpecificRecord readAsOurs(Schema ours, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return new SpecificDatumReader<SpecificRecord>(record.getSchema(), ours)
        .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
  }

  /** A record of ours as a reader of {@code readerSchema} finds it in a file. */
  static GenericRecord readAs(Schema readerSchema, Schema ours, SpecificRecord record)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<SpecificRecord>(ours).write(record, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(ours, readerSchema)
        .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
  }

  /** {@code record} as a reader of {@code readerSchema} finds it in a binary file. */
  static GenericRecord readAs(Schema readerSchema, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(record.getSchema(), readerSchema)
        .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
  }
}
