package io.towerbeam.transforms.write;

import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.transforms.files.AvroJsonReader;
import io.towerbeam.transforms.files.FilePatterns;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of all experiments: a row per model, segment and published run of an output folder.
 * Derived from the runs each time, so it may be lost, or written by two runs at once, without harm.
 */
public final class ExperimentsTable {
  private static final Logger LOG = LoggerFactory.getLogger(ExperimentsTable.class);
  private static final String NAME = "all_experiments_results.csv";

  private ExperimentsTable() {}

  /**
   * Writes the table again if it lacks a published run that has results: one whose process was
   * killed between the two.
   */
  public static void complete(Folder output, String run) throws IOException {
    boolean hasResults = output.folder("runs/" + run + "/results").exists("results.json");
    if (hasResults && !runs(output).contains(SheetText.of(run))) {
      rebuild(output);
    }
  }

  private static Set<String> runs(Folder output) throws IOException {
    Set<String> runs = new HashSet<>();
    if (output.exists(NAME)) {
      Reader text = new InputStreamReader(output.open(NAME), StandardCharsets.UTF_8);
      try (CSVParser rows = CSVFormat.DEFAULT.parse(text)) {
        rows.forEach(row -> runs.add(row.get(0)));
      }
    }
    return runs;
  }

  /** Writes the table of the runs that are published now. */
  static void rebuild(Folder output) throws IOException {
    TreeMap<String, List<EvaluationResult>> byRun = new TreeMap<>();
    for (MatchResult.Metadata success : FilePatterns.match(output.file("runs/*/_SUCCESS"))) {
      String run = success.resourceId().getCurrentDirectory().getFilename().replace("/", "");
      Folder results = output.folder("runs/" + run + "/results");
      if (results.list("*").isEmpty()) {
        continue; // a run of another kind, such as a search
      }
      try (InputStream in = results.open("results.json")) {
        byRun.put(run, AvroJsonReader.readAll(in, EvaluationResult.class));
      } catch (IOException e) {
        LOG.warn("{} leaves out run {}: {}", NAME, run, e.getMessage());
      }
    }
    String table = table(byRun);
    output.write(NAME, out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
  }

  private static String table(TreeMap<String, List<EvaluationResult>> byRun) throws IOException {
    TreeSet<String> metrics = new TreeSet<>();
    byRun.values().forEach(rows -> rows.forEach(row -> metrics.addAll(row.getMetrics().keySet())));
    List<String> header =
        new ArrayList<>(
            List.of(
                "run_id", "model_name", "segment", "evaluation_date", "synthetic", "n_test_users"));
    metrics.forEach(metric -> header.add(SheetText.of(metric)));
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader(header.toArray(String[]::new))
            .get();
    try (CSVPrinter csv = new CSVPrinter(text, format)) {
      for (var run : byRun.entrySet()) {
        for (EvaluationResult row : run.getValue()) {
          csv.printRecord(cells(run.getKey(), row, metrics));
        }
      }
    }
    return text.toString();
  }

  private static List<Object> cells(String run, EvaluationResult row, TreeSet<String> metrics) {
    List<Object> cells = new ArrayList<>();
    cells.add(SheetText.of(run));
    cells.add(SheetText.of(row.getModelName()));
    cells.add(SheetText.of(row.getSegment()));
    cells.add(SheetText.of(row.getEvaluationDate()));
    cells.add(row.getSynthetic());
    cells.add(row.getDatasetInfo().getNTestUsers());
    metrics.forEach(metric -> cells.add(row.getMetrics().get(metric)));
    return cells;
  }
}
