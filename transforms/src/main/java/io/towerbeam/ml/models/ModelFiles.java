package io.towerbeam.ml.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The files of one model's folder. Names are relative, with {@code /} between folders, and cannot
 * leave the folder.
 */
public interface ModelFiles {
  /** Writes a file so that it is there whole or not at all, and replaces one of that name. */
  void write(String name, Content content) throws IOException;

  /**
   * Opens a file.
   *
   * @throws java.io.FileNotFoundException if there is none of that name
   */
  InputStream open(String name) throws IOException;

  /** The names of the files in a folder of the model, sorted; empty if there is no such folder. */
  List<String> list(String folder) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(String name) throws IOException;

  /** What goes into a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
