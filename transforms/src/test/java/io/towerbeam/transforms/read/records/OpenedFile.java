package io.towerbeam.transforms.read.records;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads a local file. */
final class OpenedFile {
  private OpenedFile() {}

  static Map<String, ColumnType> columns(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return open(file, channel).columns();
    }
  }

  /** The rows, read in parts of {@code bytes} each. */
  static List<List<Object>> rows(Path file, long bytes, String... wanted) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      RecordFile opened = open(file, channel);
      for (RecordPart part : opened.parts(bytes)) {
        opened.read(
            part,
            List.of(wanted),
            (offset, values) -> rows.add(new ArrayList<>(Arrays.asList(values))));
      }
    }
    return rows;
  }

  private static RecordFile open(Path file, FileChannel channel) throws IOException {
    return RecordKind.ofName(file.toString()).orElseThrow().open(channel, Files.size(file));
  }
}
