package io.towerbeam.ml.models.testing;

import io.towerbeam.ml.models.ModelFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** A model's folder in memory, whose writes can be made to break off in the middle. */
public final class MemoryFiles implements ModelFiles {
  public final TreeMap<String, byte[]> contents = new TreeMap<>();
  private int writesUntilFailure = Integer.MAX_VALUE;

  /** The write after {@code writes} more leaves half a file behind and fails. */
  public void failAfter(int writes) {
    writesUntilFailure = writes;
  }

  @Override
  public void write(String name, Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    byte[] bytes = out.toByteArray();
    if (writesUntilFailure-- == 0) {
      contents.put(name, Arrays.copyOf(bytes, bytes.length / 2));
      throw new IOException("the disk broke off");
    }
    contents.put(name, bytes);
  }

  @Override
  public InputStream open(String name) throws IOException {
    if (!contents.containsKey(name)) {
      throw new FileNotFoundException(name);
    }
    return new ByteArrayInputStream(contents.get(name));
  }

  @Override
  public List<String> list(String folder) {
    String prefix = folder + "/";
    return contents.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  @Override
  public void delete(String name) {
    contents.remove(name);
  }
}
