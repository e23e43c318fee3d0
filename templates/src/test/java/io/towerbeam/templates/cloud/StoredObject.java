package io.towerbeam.templates.cloud;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An object and the file that holds its content.
 *
 * @param bucket its bucket
 * @param name its name, slashes and all
 * @param generation grows with every write
 * @param contentType as it was uploaded
 * @param content never changed once it is whole
 */
record StoredObject(String bucket, String name, long generation, String contentType, Path content) {
  /** Its metadata, as the service gives it. */
  StorageObject metadata() {
    try {
      long time = Files.getLastModifiedTime(content).toMillis();
      return new StorageObject()
          .setKind("storage#object")
          .setId(bucket + "/" + name + "/" + generation)
          .setBucket(bucket)
          .setName(name)
          .setGeneration(generation)
          .setMetageneration(1L)
          .setContentType(contentType)
          .setSize(BigInteger.valueOf(Files.size(content)))
          .setTimeCreated(new DateTime(time))
          .setUpdated(new DateTime(time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes from {@code first} to {@code last}, both included. */
  byte[] bytes(long first, long last) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(content.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(last - first + 1)];
      file.seek(first);
      file.readFully(bytes);
      return bytes;
    }
  }
}
