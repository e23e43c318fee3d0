package io.towerbeam.transforms.write;

import io.towerbeam.schemas.InputFile;
import io.towerbeam.transforms.files.FilePatterns;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/** What a file system tells of the files that a run read. */
final class ManifestInputs {
  private ManifestInputs() {}

  /**
   * The tables, and the files that match any of the patterns, by path; a file deleted since then is
   * not among them.
   */
  static List<InputFile> of(List<InputFile> tables, List<String> patterns) throws IOException {
    List<InputFile> files = new ArrayList<>(tables);
    for (String pattern : patterns) {
      FilePatterns.match(pattern).forEach(metadata -> files.add(file(metadata)));
    }
    files.sort(Comparator.comparing(InputFile::getPath));
    return files;
  }

  private static InputFile file(MatchResult.Metadata metadata) {
    long modified = metadata.lastModifiedMillis();
    return new InputFile(
        metadata.resourceId().toString(),
        metadata.sizeBytes(),
        modified > 0 ? Instant.ofEpochMilli(modified).toString() : "");
  }
}
