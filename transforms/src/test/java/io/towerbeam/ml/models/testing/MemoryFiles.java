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

/** A model's folder in memory, whose writes can be made to break off or to be refused. */
public final class MemoryFiles implements ModelFiles {
  public final TreeMap<String, byte[]> contents = new TreeMap<>();
  private int writesUntilFailure = Integer.MAX_VALUE;
  private boolean leavesHalf;
  private int written;

  /** The write after {@code writes} more leaves half a file behind and fails. */
  public void failAfter(int writes) {
    writesUntilFailure = writes;
    leavesHalf = true;
  }

  /** The write after {@code writes} more fails and leaves nothing, as if killed just before it. */
  public void refuseAfter(int writes) {
    writesUntilFailure = writes;
    leavesHalf = false;
  }

  /** How many files were written. */
  public int written() {
    return written;
  }

  @Override
  public void write(String name, Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    byte[] bytes = out.toByteArray();
    if (writesUntilFailure-- == 0) {
      if (leavesHalf) {
        contents.put(name, Arrays.copyOf(bytes, bytes.length / 2));
      }
      throw new IOException("the disk broke off");
    }
    contents.put(name, bytes);
    written++;
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
