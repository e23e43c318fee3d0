package io.towerbeam.pipelines.testing;

import io.towerbeam.transforms.files.AvroFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Reads what a run wrote. */
public final class Records {
  private Records() {}

  /** The records of the files whose names begin so, in name order. */
  public static <T extends SpecificRecord> List<T> in(Path folder, String prefix, Class<T> type)
      throws IOException {
    List<T> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(prefix)).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          AvroFiles.read(in, type, records::add);
        }
      }
    }
    return records;
  }
}
