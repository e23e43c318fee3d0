package io.towerbeam.transforms.write;

import io.towerbeam.schemas.OutputFile;
import io.towerbeam.transforms.files.FilePatterns;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/** The files of a prepared run that other runs read. */
public final class PreparedFiles {
  /**
   * How they are laid out: what a manifest says, for a build that lays them out in another way to
   * know that it cannot read them.
   */
  public static final int LAYOUT = 2;

  private PreparedFiles() {}

  /** All of them with their lengths, by path relative to the run directory. */
  public static List<OutputFile> of(RunFiles run) throws IOException {
    Map<String, Folder> folders = new TreeMap<>();
    folders.put("data", run.data());
    folders.put("index", run.index());
    folders.put("catalogue", run.catalogue());
    folders.put("dead-letter", run.deadLetter());
    folders.put("statistics", run.statistics());
    List<OutputFile> files = new ArrayList<>();
    for (Map.Entry<String, Folder> folder : folders.entrySet()) {
      for (Metadata file : FilePatterns.match(folder.getValue().file("*.avro"))) {
        String path = folder.getKey() + "/" + file.resourceId().getFilename();
        files.add(new OutputFile(path, file.sizeBytes()));
      }
    }
    files.sort(Comparator.comparing(OutputFile::getPath));
    return files;
  }
}
