package io.towerbeam.transforms.read.records;

import java.io.IOException;
import org.apache.parquet.format.InterningProtocol;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TEndpointTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Parquet's headers and footers in a byte array. Knows how many bytes there are, so that no length
 * or count beyond them takes memory.
 */
final class ThriftBytes extends TEndpointTransport {
  private final byte[] bytes;
  private int at;

  private ThriftBytes(byte[] bytes) throws TTransportException {
    super(TConfiguration.DEFAULT);
    this.bytes = bytes;
    updateKnownMessageSize(bytes.length);
  }

  /**
   * Fills {@code structure} from the start of {@code bytes}; how many of them it took.
   *
   * @throws DamagedFileException if they are no such structure
   */
  static int read(byte[] bytes, TBase<?, ?> structure) throws IOException {
    try {
      ThriftBytes transport = new ThriftBytes(bytes);
      structure.read(new InterningProtocol(new TCompactProtocol(transport)));
      return transport.at;
    } catch (TException | RuntimeException e) {
      throw new DamagedFileException(
          "is damaged: its %s cannot be read".formatted(structure.getClass().getSimpleName()), e);
    }
  }

  @Override
  public int read(byte[] target, int from, int count) throws TTransportException {
    int given = Math.min(count, bytes.length - at);
    if (given == 0 && count > 0) {
      throw new TTransportException(TTransportException.END_OF_FILE);
    }
    System.arraycopy(bytes, at, target, from, given);
    consumeBuffer(given);
    return given;
  }

  @Override
  public byte[] getBuffer() {
    return bytes;
  }

  @Override
  public int getBufferPosition() {
    return at;
  }

  @Override
  public int getBytesRemainingInBuffer() {
    return bytes.length - at;
  }

  @Override
  public void consumeBuffer(int count) {
    at += count;
  }

  @Override
  public void write(byte[] source, int from, int count) {
    throw new UnsupportedOperationException("these bytes are read alone");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void open() {
    // there is nothing to open
  }

  @Override
  public void close() {
    // there is nothing to close
  }
}
