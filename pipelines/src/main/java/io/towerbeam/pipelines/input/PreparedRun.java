package io.towerbeam.pipelines.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.OutputFile;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.schemas.Verdict;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.PreparedFiles;
import io.towerbeam.transforms.write.RunFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** What makes a folder a prepared run that this build can read. */
final class PreparedRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is in files of a name. */
  private static final Map<String, Class<? extends SpecificRecord>> RECORDS =
      Map.of(
          "data/", InteractionBlock.class,
          "index/", IndexEntry.class,
          "catalogue/", Item.class,
          "dead-letter/", RejectedRecord.class,
          "statistics/", DataStatistics.class);

  private PreparedRun() {}

  /** Whether a folder is a run's, finished or not, of whatever workflow. */
  static boolean isRun(String folder) {
    Folder root = new Folder(folder);
    try {
      return root.exists("claim.json") || root.exists("manifest.json");
    } catch (IOException e) {
      throw new UsageException("--input=%s: cannot be looked up: %s".formatted(folder, line(e)));
    }
  }

  /**
   * The text of the manifest of a finished run that was prepared and published.
   *
   * @throws UsageException if it is none
   */
  static byte[] manifest(String folder) {
    Folder root = new Folder(folder);
    try {
      if (!root.exists("_SUCCESS")) {
        throw refused(folder, whyUnfinished(root));
      }
      byte[] manifest = bytes(root, "manifest.json");
      JsonNode says = JSON.readTree(manifest);
      int layout = says.path("layout").asInt();
      if (layout == 0) {
        throw refused(
            folder,
            "that is a run of %s: give a run of prepare, or a folder of data"
                .formatted(says.path("workflow").asText()));
      }
      if (layout != PreparedFiles.LAYOUT) {
        throw refused(
            folder,
            "that run is laid out in version %d, and this build reads version %d: prepare it again"
                .formatted(layout, PreparedFiles.LAYOUT));
      }
      Verdict verdict = outcome(root).getVerdict();
      if (verdict != Verdict.PUBLISHED) {
        throw refused(folder, "that run is not published: its verdict is " + word(verdict));
      }
      return manifest;
    } catch (IOException e) {
      throw refused(folder, "that run cannot be read: " + line(e));
    }
  }

  /** What a manifest's text says. */
  static RunManifest parse(String folder, byte[] manifest) {
    try {
      RunManifest read = AvroJsonReader.read(new ByteArrayInputStream(manifest), RunManifest.class);
      if (!read.getOptions().containsKey("shards") || !read.getCounts().containsKey("split_time")) {
        throw refused(folder, "its manifest.json does not say how it was split: prepare it again");
      }
      return read;
    } catch (IOException e) {
      throw refused(folder, "its manifest.json cannot be read: " + line(e));
    }
  }

  /**
   * Makes sure that all files are there, as long as they were, and of records that can be read.
   *
   * @throws UsageException if not
   */
  static void requireFiles(String folder, List<OutputFile> files) {
    RunFiles run = new RunFiles(new Folder(folder));
    try {
      Optional<String> link = run.root().linkOut();
      if (link.isPresent()) {
        throw refused(
            folder, link.get() + " of that run is a link out of it: copy the file itself there");
      }
      Map<String, Long> found = new HashMap<>();
      PreparedFiles.of(run).forEach(file -> found.put(file.getPath(), file.getBytes()));
      for (OutputFile file : files) {
        Long bytes = found.get(file.getPath());
        if (bytes == null) {
          throw refused(folder, "that run lacks " + file.getPath() + ": prepare it again");
        }
        if (bytes != file.getBytes()) {
          throw refused(
              folder,
              "%s of that run has %d bytes, not %d: prepare it again"
                  .formatted(file.getPath(), bytes, file.getBytes()));
        }
      }
      for (Map.Entry<String, Class<? extends SpecificRecord>> kind : RECORDS.entrySet()) {
        for (OutputFile first :
            files.stream().filter(f -> f.getPath().startsWith(kind.getKey())).limit(1).toList()) {
          requireReadable(folder, first.getPath(), kind.getValue());
        }
      }
    } catch (IOException e) {
      throw refused(folder, "that run cannot be read: " + line(e));
    }
  }

  private static void requireReadable(
      String folder, String file, Class<? extends SpecificRecord> type) throws IOException {
    Schema writer;
    try (InputStream in = new Folder(folder).open(file)) {
      writer = AvroFiles.schema(in, type);
    }
    if (SchemaCompatibility.checkReaderWriterCompatibility(
                SpecificData.get().getSchema(type), writer)
            .getType()
        != SchemaCompatibilityType.COMPATIBLE) {
      throw refused(
          folder,
          "%s of that run holds %s of another version than this build reads: prepare it again"
              .formatted(file, writer.getName()));
    }
  }

  private static String whyUnfinished(Folder root) throws IOException {
    if (root.exists("outcome.json")) {
      Outcome outcome = outcome(root);
      if (outcome.getVerdict() == Verdict.FAILED) {
        return "that run failed: " + String.join("; ", outcome.getReasons());
      }
    }
    return "that run is not finished, it has no _SUCCESS: start it again with its own options";
  }

  private static Outcome outcome(Folder root) throws IOException {
    return AvroJsonReader.read(
        new ByteArrayInputStream(bytes(root, "outcome.json")), Outcome.class);
  }

  private static byte[] bytes(Folder root, String name) throws IOException {
    try (InputStream in = root.open(name)) {
      return in.readAllBytes();
    }
  }

  private static UsageException refused(String folder, String why) {
    return new UsageException("--input=%s: %s".formatted(folder, why));
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String line(IOException e) {
    return RunnerSupports.inWordsOrItsOwn(e).lines().findFirst().orElse("");
  }
}
