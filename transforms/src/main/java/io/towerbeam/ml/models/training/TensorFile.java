package io.towerbeam.ml.models.training;

import io.towerbeam.schemas.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Arrays and a few properties as an Avro data file of {@link Tensor} records: plain numbers,
 * nothing that runs when it is read. Equal contents make equal bytes.
 *
 * <p>Reading holds the file in memory beside the arrays; a file has at most 2 GiB.
 *
 * @param arrays the arrays, in file order
 * @param properties short texts by name
 */
public record TensorFile(List<NamedArray> arrays, Map<String, String> properties) {
  private static final String PROPERTY = "towerbeam.";
  private static final String PROPERTIES_CRC = "towerbeam-properties-crc32c";
  private static final String HEADS_CRC = "towerbeam-array-heads-crc32c"; // earlier files have none
  private static final String ARRAY_COUNT = "towerbeam-array-count";

  /** Avro would draw the mark between blocks at random, and no two files would be equal. */
  private static final byte[] SYNC = "towerbeam.tensor".getBytes(StandardCharsets.US_ASCII);

  /** Writes the file; does not close {@code out}. */
  public void writeTo(OutputStream out) throws IOException {
    DataFileWriter<Tensor> writer = new DataFileWriter<>(new SpecificDatumWriter<>(Tensor.class));
    new TreeMap<>(properties).forEach((name, text) -> writer.setMeta(PROPERTY + name, text));
    writer.setMeta(PROPERTIES_CRC, crcOf(properties));
    writer.setMeta(HEADS_CRC, crcOfHeads(arrays));
    writer.setMeta(ARRAY_COUNT, arrays.size());
    writer.create(Tensor.getClassSchema(), out, SYNC);
    for (NamedArray array : arrays) {
      writer.append(toTensor(array));
      writer.sync(); // a block per array, so that a reader holds one of them at a time
    }
    writer.flush();
  }

  /**
   * Reads a file and checks its lengths before anything is allocated by them, and its checksums.
   *
   * @throws DamagedFileException if it is cut short or altered, or no such file
   * @throws IOException if it cannot be read
   */
  public static TensorFile readFrom(InputStream in) throws IOException {
    byte[] file = in.readAllBytes();
    try {
      AvroLengths.check(file);
      return decode(file);
    } catch (DamagedFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The bytes are here, so it is they that are wrong: on damaged headers Avro throws all kinds.
      throw new DamagedFileException("not a whole file of arrays (%s)".formatted(e), e);
    }
  }

  private static TensorFile decode(byte[] file) throws IOException {
    try (DataFileReader<Tensor> reader =
        new DataFileReader<>(
            new SeekableByteArrayInput(file), new SpecificDatumReader<>(Tensor.class))) {
      Map<String, String> properties = new TreeMap<>();
      for (String key : reader.getMetaKeys()) {
        if (key.startsWith(PROPERTY)) {
          properties.put(key.substring(PROPERTY.length()), reader.getMetaString(key));
        }
      }
      if (!Long.toString(crcOf(properties)).equals(reader.getMetaString(PROPERTIES_CRC))) {
        throw new DamagedFileException("the properties do not have their checksum");
      }
      List<NamedArray> arrays = new ArrayList<>();
      while (reader.hasNext()) {
        arrays.add(toArray(reader.next()));
      }
      if (!Integer.toString(arrays.size()).equals(reader.getMetaString(ARRAY_COUNT))) {
        throw new DamagedFileException("only %d of its arrays are there".formatted(arrays.size()));
      }
      String headsCrc = reader.getMetaString(HEADS_CRC);
      if (headsCrc != null && !headsCrc.equals(Long.toString(crcOfHeads(arrays)))) {
        throw new DamagedFileException("names and shapes of its arrays do not have their checksum");
      }
      return new TensorFile(arrays, properties);
    }
  }

  /**
   * The array of that name.
   *
   * @throws DamagedFileException if there is none
   */
  public NamedArray array(String name) throws DamagedFileException {
    for (NamedArray array : arrays) {
      if (array.name().equals(name)) {
        return array;
      }
    }
    throw new DamagedFileException("no array " + name);
  }

  private static Tensor toTensor(NamedArray array) {
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(array.values().length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(array.values());
    List<Long> shape = Arrays.stream(array.shape()).boxed().toList();
    return new Tensor(array.name(), shape, data, crcOf(data));
  }

  private static NamedArray toArray(Tensor tensor) throws DamagedFileException {
    ByteBuffer data = tensor.getData().order(ByteOrder.LITTLE_ENDIAN);
    long[] shape = tensor.getShape().stream().mapToLong(Long::longValue).toArray();
    if ((long) NamedArray.sizeOf(shape) * Float.BYTES != data.remaining()
        || tensor.getCrc32c() != crcOf(data)) {
      throw new DamagedFileException(
          "the array %s does not have its shape or checksum".formatted(tensor.getName()));
    }
    float[] values = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(values);
    return new NamedArray(tensor.getName(), shape, values);
  }

  private static long crcOf(ByteBuffer data) {
    CRC32C crc = new CRC32C();
    crc.update(data.duplicate());
    return crc.getValue();
  }

  private static long crcOf(Map<String, String> properties) {
    return crcOf(new TreeMap<>(properties).toString());
  }

  /** Of names and shapes: the arrays' own checksums are of their values. */
  private static long crcOfHeads(List<NamedArray> arrays) {
    return crcOf(
        arrays.stream()
            .map(array -> array.name() + Arrays.toString(array.shape()))
            .collect(Collectors.joining("\n")));
  }

  private static long crcOf(String text) {
    return crcOf(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
