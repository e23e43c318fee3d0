package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.PrepareOptions;
import io.towerbeam.pipelines.run.Sha256;
import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.OutputFile;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RunManifest;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.prepare.ReadSides;
import io.towerbeam.transforms.prepare.WarmSplit;
import io.towerbeam.transforms.read.ReadAvro;
import io.towerbeam.transforms.write.CopyFiles;
import io.towerbeam.transforms.write.ReadStatistics;
import io.towerbeam.transforms.write.RunFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * A run of {@code prepare}: rows that were read, rejected, filtered, split and indexed before.
 *
 * @param folder the run directory
 * @param manifest what the run was, read and wrote
 * @param name which run it is: another one, or another version of it, has another name
 */
public record PreparedInput(String folder, RunManifest manifest, String name)
    implements InputSource {
  private static final int DIGITS = 16;

  /** Counts of what no file of the run holds any more. */
  private static final Set<String> READ =
      Set.of(
          "interactions_read",
          "interactions_below_min_rating",
          "interactions_with_unknown_item",
          "catalogue_items",
          "duplicates_collapsed");

  private static final String OF_SIDES =
      "(train|test|cold_item_test|excluded_.*)_(interactions|users)";
  private static final Set<String> OF_ROWS = Set.of("catalogue_items", "rows_rejected");

  /**
   * The finished run in a folder.
   *
   * @throws io.towerbeam.pipelines.options.UsageException if there is none that can be read
   */
  static PreparedInput of(String folder) {
    byte[] text = PreparedRun.manifest(folder);
    RunManifest manifest = PreparedRun.parse(folder, text);
    String digest = Sha256.hex(new String(text, StandardCharsets.UTF_8)).substring(0, DIGITS);
    String name = "%s/%s/%s".formatted(manifest.getRunId(), manifest.getStarted(), digest);
    return new PreparedInput(folder, manifest, name);
  }

  /** The options that it was prepared with, as far as they say what its rows and sides are. */
  public PrepareOptions options() {
    return InheritedOptions.of(this).prepared();
  }

  /** Where its files lie. */
  public RunFiles run() {
    return new RunFiles(new Folder(folder));
  }

  /** The rows alone, as interactions of users. */
  InteractionSource interactions() {
    return new PreparedInteractions(this);
  }

  @Override
  public void validate() {
    PreparedRun.requireFiles(folder, manifest.getOutputs());
  }

  @Override
  public boolean isSynthetic() {
    return manifest.getSynthetic();
  }

  @Override
  public boolean hasCatalogue() {
    return manifest.getCounts().getOrDefault("catalogue_items", 0L) > 0;
  }

  /** The manifest, which names all other files with their lengths. */
  @Override
  public List<String> patterns() {
    return List.of(run().root().file("manifest.json"));
  }

  /** None of its own: what was read is in its statistics. */
  @Override
  public List<InputColumn> columns() {
    return List.of();
  }

  /** All rows of the run, whatever side they are on: good ones, filtered, and rejected ones. */
  @Override
  public Rows read(PBegin begin) {
    return rows(begin, readSides(begin));
  }

  /** The sides as they are; see {@link ReadSides}. */
  public PCollectionTuple readSides(PBegin begin) {
    Set<String> names =
        outputs(path -> path.startsWith("data/")).stream()
            .map(file -> file.getPath().substring("data/".length()))
            .collect(Collectors.toSet());
    int shards = Integer.parseInt(manifest.getOptions().get("shards"));
    return begin.apply("ReadSides", ReadSides.of(run().data(), names, shards));
  }

  /** The rows of sides that were read, with catalogue and dead letters. */
  public Rows rows(PBegin begin, PCollectionTuple sides) {
    PCollection<InteractionBlock> blocks =
        PCollectionList.of(sides.get(WarmSplit.TRAIN))
            .and(sides.get(WarmSplit.TEST))
            .and(sides.get(WarmSplit.EXCLUDED))
            .apply("AllRows", Flatten.pCollections());
    RunFiles run = run();
    return new Rows(
        blocks,
        begin.apply("ReadCatalogue", ReadAvro.of(Item.class, run.catalogue().file("*.avro"))),
        begin.apply(
            "ReadDeadLetters", ReadAvro.of(RejectedRecord.class, run.deadLetter().file("*.avro"))));
  }

  /** The entries of the indexed items. */
  public PCollection<IndexEntry> readItemIndex(PBegin begin) {
    return begin.apply(
        "ReadItemIndex", ReadAvro.of(IndexEntry.class, run().index().file("items-*.avro")));
  }

  /** What its data were like. */
  public PCollection<DataStatistics> readStatistics(PBegin begin) {
    return begin.apply("ReadStatistics", ReadStatistics.of(run()));
  }

  /** The step that gives another run its own sides and index. */
  public CopyFiles copyTo(RunFiles other) {
    return CopyFiles.of(
        run().root(),
        other.root(),
        outputs(path -> path.startsWith("data/") || path.startsWith("index/")));
  }

  private List<OutputFile> outputs(Predicate<String> which) {
    return manifest.getOutputs().stream().filter(file -> which.test(file.getPath())).toList();
  }

  /** The time of the split, seconds since the epoch. */
  public long splitTime() {
    return manifest.getCounts().get("split_time");
  }

  /** What was counted of the rows before they came to be as they are now. */
  public Map<String, Long> readCounts() {
    Map<String, Long> counts = new TreeMap<>(manifest.getCounts());
    counts.keySet().retainAll(READ);
    return counts;
  }

  /** What its files must be found to hold. */
  public Map<String, Long> fileCounts() {
    Map<String, Long> counts = new TreeMap<>(manifest.getCounts());
    counts.keySet().removeIf(name -> !name.matches(OF_SIDES) && !OF_ROWS.contains(name));
    return counts;
  }
}
