package io.towerbeam.transforms.write;

import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.NoSuchElementException;

/** The file of a run's directory that says what its data were like. */
public final class StatisticsFile {
  private static final String NAME = "data.avro";

  private StatisticsFile() {}

  static void write(RunFiles run, DataStatistics statistics) throws IOException {
    run.statistics()
        .write(NAME, out -> AvroFiles.write(out, DataStatistics.class, List.of(statistics)));
  }

  /**
   * What a run's data were like.
   *
   * @throws IOException if there is no such file, or it is damaged
   */
  public static DataStatistics read(RunFiles run) throws IOException {
    Folder folder = run.statistics();
    try (InputStream in = folder.open(NAME)) {
      return AvroFiles.first(in, DataStatistics.class);
    } catch (NoSuchElementException e) {
      throw new IOException(folder.file(NAME) + " is empty", e);
    }
  }

  static boolean exists(RunFiles run) throws IOException {
    return run.statistics().exists(NAME);
  }
}
