package io.towerbeam.transforms.write;

import io.towerbeam.schemas.InputFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/** What a file system tells of the files that a run read. */
final class InputFiles {
  private InputFiles() {}

  /** The files that match any of the patterns, by path. */
  static List<InputFile> matching(List<String> patterns) throws IOException {
    return FileSystems.match(patterns, EmptyMatchTreatment.ALLOW).stream()
        .flatMap(InputFiles::files)
        .sorted(Comparator.comparing(InputFile::getPath))
        .toList();
  }

  private static Stream<InputFile> files(MatchResult found) {
    try {
      return found.metadata().stream().map(InputFiles::file);
    } catch (IOException e) {
      return Stream.of(); // gone since it was read: the manifest then does not name it
    }
  }

  private static InputFile file(MatchResult.Metadata metadata) {
    long modified = metadata.lastModifiedMillis();
    return new InputFile(
        metadata.resourceId().toString(),
        metadata.sizeBytes(),
        modified > 0 ? Instant.ofEpochMilli(modified).toString() : "");
  }
}
