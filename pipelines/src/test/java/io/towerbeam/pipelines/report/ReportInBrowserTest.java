package io.towerbeam.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.schemas.EvaluationResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser makes it: headless Chromium, if there is one on the PATH. */
class ReportInBrowserTest {
  private static final Pattern CHART = Pattern.compile("class=\"chart\"");
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);
  private static final String DARK_ACCENT = "#7fb5ea";

  @TempDir Path temp;

  @BeforeAll
  static void thereIsABrowser() {
    boolean found =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium")));
    assumeTrue(found, "skipped: no chromium on the PATH (apt-get install chromium)");
  }

  /** The document after its scripts have run; fails on an error that they leave in the console. */
  private String open(String page, boolean dark) throws IOException, InterruptedException {
    Path html = Files.writeString(temp.resolve("index.html"), page);
    Path dom = temp.resolve("dom.html");
    Path log = temp.resolve("log.txt");
    Process chromium =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + temp.resolve("profile"),
                "--enable-logging=stderr",
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--virtual-time-budget=5000",
                "--dump-dom",
                html.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(chromium.waitFor(90, TimeUnit.SECONDS)).as("chromium ended in time").isTrue();
    } finally {
      chromium.descendants().forEach(ProcessHandle::destroyForcibly);
      chromium.destroyForcibly();
    }
    assertThat(Files.readString(log).lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
    return Files.readString(dom);
  }

  /** The charts' drawings: the text of the page's own scripts holds none. */
  private static List<String> drawings(String dom) {
    String page = dom.replaceAll("(?s)<script.*?</script>", "");
    List<String> drawings = SVG.matcher(page).results().map(MatchResult::group).toList();
    assertThat(drawings).hasSize((int) CHART.matcher(page).results().count());
    return drawings;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyChartIsDrawnInLightAndInDark(boolean dark) throws IOException, InterruptedException {
    String dom = open(ReportPage.of(ReportSample.whole()), dark);
    assertThat(drawings(dom))
        .hasSize(3 + 4)
        .allSatisfy(svg -> assertThat(svg).contains("<path", "<text"));
    // the best model's bar
    assertThat(drawings(dom).get(0).contains(DARK_ACCENT)).isEqualTo(dark);
    assertThat(drawings(dom).get(0)).contains(ReportSample.MODELS);
  }

  @Test
  void theTablesHaveARowForEveryModel() throws IOException, InterruptedException {
    String dom = open(ReportPage.of(ReportSample.bare()), false);
    String table = dom.substring(dom.indexOf("<table>"), dom.indexOf("</table>"));
    ReportSample.MODELS.forEach(
        model -> assertThat(table).contains("<th scope=\"row\">" + model + "</th>"));
    assertThat(drawings(dom)).hasSize(2 + 4);
  }

  @Test
  void namesThatLookLikeMarkupStayText() throws IOException, InterruptedException {
    String wicked = "</script><img src=x onerror=alert(1)>{a|b}";
    List<EvaluationResult> results = new ArrayList<>(ReportSample.whole().results());
    results.add(
        EvaluationResult.newBuilder(ReportSample.result(3, "all", 836, 1.5))
            .setModelName(wicked)
            .build());
    ReportData data = ReportSample.withTitles(ReportSample.of(results), Map.of("1", wicked));
    String dom = open(ReportPage.of(data), false);
    assertThat(dom.replaceAll("(?s)<script.*?</script>", "")).doesNotContain("<img");
    assertThat(drawings(dom)).hasSize(3 + 4);
  }
}
