package io.towerbeam.pipelines.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.towerbeam.pipelines.report.FactTables.Fact;
import io.towerbeam.pipelines.report.UserViews.UserView;
import io.towerbeam.schemas.EvaluationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A report as one HTML page that opens without a network. Tables and lists are in its text, so that
 * they can be read without JavaScript; charts are drawn by Apache ECharts, which it carries along
 * (a megabyte). The same data give the same page.
 */
final class ReportPage {
  private static final String LIBRARY =
      "/META-INF/resources/webjars/echarts/%s/dist/echarts.min.js";
  private static final String LIBRARY_VERSION =
      "/META-INF/maven/org.webjars.npm/echarts/pom.properties";

  private ReportPage() {}

  /** A chart of losses: which it is of those in the data, and whose. */
  private record LossChart(int index, String model) {}

  /** A model that failed. */
  private record Failure(String model, String message) {}

  /** Entries under a heading; where there are none, there is no group. */
  private record Group<T>(List<T> entries) {
    static <T> List<Group<T>> of(List<T> entries) {
      return entries.isEmpty() ? List.of() : List.of(new Group<>(entries));
    }
  }

  /** What the page's template names; what may be missing is a list of one or none. */
  private record View(
      String title,
      String what,
      String when,
      String runId,
      String inputs,
      boolean synthetic,
      List<Group<Failure>> failures,
      String ranking,
      String best,
      String summary,
      List<Fact> sizes,
      List<PromotionView> promotion,
      Table leaderboard,
      boolean intervals,
      int rankingHeight,
      boolean coverage,
      List<Table> comparison,
      List<Group<Table>> otherComparisons,
      List<Table> cutoffs,
      List<Table> segments,
      int segmentsHeight,
      List<Group<Table>> segmentComparisons,
      List<Group<LossChart>> losses,
      List<Group<UserView>> users,
      List<Table> facts,
      String data,
      String style,
      String library,
      String script) {}

  /**
   * The page.
   *
   * @throws IllegalArgumentException if there are no results over all test users
   */
  static String of(ReportData data) {
    if (data.leaderboard().isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one result");
    }
    Template page =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            .withLoader(name -> reader(name + ".mustache"))
            .compile(reader("report.mustache"));
    return page.execute(view(data));
  }

  private static View view(ReportData data) {
    List<Table> comparisons = ComparisonTables.of(data);
    Metric ranking = data.ranking();
    List<EvaluationResult> rows = data.leaderboard();
    return new View(
        Words.sentence(data.manifest().getWorkflow()),
        models(rows.size()),
        Numbers.time(data.manifest().getStarted()),
        data.manifest().getRunId(),
        inputs(data),
        data.manifest().getSynthetic(),
        Group.of(failures(data)),
        ranking.label(),
        rows.get(0).getModelName(),
        summary(data),
        FactTables.sizes(data),
        data.decision().map(PromotionView::of).stream().toList(),
        MetricTables.leaderboard(data),
        rows.stream().anyMatch(row -> !row.getCi95().isEmpty()),
        70 + 30 * rows.size(),
        rows.stream().anyMatch(row -> new Metric("coverage", data.k()).of(row).isPresent()),
        comparisons.stream().limit(1).toList(),
        Group.of(comparisons.stream().skip(1).toList()),
        MetricTables.cutoffs(data).stream().toList(),
        MetricTables.segments(data).stream().toList(),
        90 + 36 * data.segments().size(),
        Group.of(ComparisonTables.ofSegments(data)),
        Group.of(losses(data)),
        Group.of(UserViews.of(data)),
        facts(data),
        ChartData.json(data),
        text("report.css"),
        script(LIBRARY.formatted(libraryVersion())),
        script("report.js"));
  }

  private static List<Table> facts(ReportData data) {
    List<Table> facts = new ArrayList<>(List.of(FactTables.evaluation(data)));
    data.statistics().forEach(statistics -> facts.add(DataTable.of(statistics)));
    facts.addAll(
        List.of(
            FactTables.counts(data),
            FactTables.parameters(data),
            FactTables.options(data),
            FactTables.versions(data)));
    return facts;
  }

  private static String models(int number) {
    return number == 1 ? "1 model" : number + " models";
  }

  private static String inputs(ReportData data) {
    return data.manifest().getSynthetic()
        ? "a generated sample of films"
        : data.inputs().stream().map(Words::shortPath).collect(Collectors.joining(", "));
  }

  private static List<Failure> failures(ReportData data) {
    return data.failures().stream()
        .map(failure -> new Failure(failure.getModel(), failure.getMessage()))
        .sorted(Comparator.comparing(Failure::model).thenComparing(Failure::message))
        .toList();
  }

  private static String summary(ReportData data) {
    EvaluationResult best = data.leaderboard().get(0);
    String value = Numbers.fixed(data.ranking().of(best), 4);
    return data.ranking()
        .interval(best)
        .map(ends -> value + " (95% interval " + Numbers.interval(ends, 4) + ")")
        .orElse(value);
  }

  private static List<LossChart> losses(ReportData data) {
    List<LossChart> charts = new ArrayList<>();
    for (String model : ChartData.trained(data)) {
      charts.add(new LossChart(charts.size(), model));
    }
    return charts;
  }

  private static String libraryVersion() {
    Properties properties = new Properties();
    try (Reader reader = reader(LIBRARY_VERSION)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + LIBRARY_VERSION, e);
    }
    return properties.getProperty("version");
  }

  /** A script that may stand inside a page: within it, nothing looks like the element's end. */
  private static String script(String resource) {
    return text(resource).replace("</script", "<\\/script").replace("<!--", "<\\!--");
  }

  private static String text(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + resource, e);
    }
  }

  private static Reader reader(String resource) {
    return new InputStreamReader(open(resource), StandardCharsets.UTF_8);
  }

  private static InputStream open(String resource) {
    InputStream in = ReportPage.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("not on the class path: " + resource);
    }
    return in;
  }
}
