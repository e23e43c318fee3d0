package io.towerbeam.transforms.write;

import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.FilePatterns;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The published runs that a run can be compared with: those of the same workflow and output that
 * were started before it, so that a later attempt at the run finds the same. Runs of the generated
 * sample and runs of other data are not compared.
 *
 * @param output the folder that holds all runs
 * @param manifest of the run that is to be compared
 */
public record EarlierRuns(Folder output, RunManifest manifest) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierRuns.class);

  /** What the data of a run were like. */
  record Earlier(String runId, DataStatistics statistics) {}

  /**
   * The one that was published last of those that say what their data were like; empty if there is
   * none. A run that cannot be read is passed over with a warning. Reads the manifests of the runs
   * that were published after it.
   */
  Optional<Earlier> last() throws IOException {
    List<Metadata> published = new ArrayList<>(FilePatterns.match(output.file("runs/*/_SUCCESS")));
    published.sort(
        Comparator.comparing(Metadata::lastModifiedMillis)
            .thenComparing(file -> file.resourceId().toString())
            .reversed());
    for (Metadata success : published) {
      String id = success.resourceId().getCurrentDirectory().getFilename().replace("/", "");
      try {
        Optional<DataStatistics> statistics = comparable(output.folder("runs/" + id));
        if (statistics.isPresent()) {
          return Optional.of(new Earlier(id, statistics.get()));
        }
      } catch (IOException e) {
        LOG.warn("run {} is not compared with: {}", id, e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Optional<DataStatistics> comparable(Folder root) throws IOException {
    RunFiles run = new RunFiles(root);
    try (InputStream in = root.open("manifest.json")) {
      RunManifest other = AvroJsonReader.read(in, RunManifest.class);
      boolean isOfAKind =
          other.getWorkflow().equals(manifest.getWorkflow())
              && other.getSynthetic() == manifest.getSynthetic()
              && other.getStarted().compareTo(manifest.getStarted()) < 0;
      if (!isOfAKind || !StatisticsFile.exists(run)) {
        return Optional.empty();
      }
    }
    return Optional.of(StatisticsFile.read(run));
  }
}
