package io.towerbeam.transforms.train;

import io.towerbeam.schemas.EpochReport;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The epoch reports in a model's folder, all attempts together.
 *
 * @param folder the model's folder
 */
record EpochFile(Folder folder) {
  private static final String NAME = "epochs.avro";

  /** The reports so far in order of epoch; none if there is no file. */
  List<EpochReport> read() throws IOException {
    List<EpochReport> reports = new ArrayList<>();
    if (folder.exists(NAME)) {
      try (InputStream in = folder.open(NAME)) {
        AvroFiles.read(in, EpochReport.class, reports::add);
      }
    }
    return reports;
  }

  /** Adds a report; one of an earlier attempt at the same epoch gives way. */
  void add(EpochReport report) throws IOException {
    List<EpochReport> reports = read();
    reports.removeIf(earlier -> earlier.getEpoch() == report.getEpoch());
    reports.add(report);
    reports.sort(Comparator.comparingInt(EpochReport::getEpoch));
    folder.write(NAME, out -> AvroFiles.write(out, EpochReport.class, reports));
  }
}
