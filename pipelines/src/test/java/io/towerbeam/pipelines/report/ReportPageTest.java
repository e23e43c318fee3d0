package io.towerbeam.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.ModelFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String WICKED = "</script><img src=x onerror=alert(1)>&\"'{{best}}";

  private static List<String> find(String regex, String page) {
    return Pattern.compile(regex, Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** The page without its scripts and style. */
  private static String text(String page) {
    return page.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
  }

  private static List<String> sections(String page) {
    return find("(?<=<section id=\")[a-z]+", page);
  }

  @Test
  void aReportOfEverythingHasAllSections() {
    String page = ReportPage.of(ReportSample.whole());
    assertThat(sections(page))
        .containsExactly(
            "leaderboard", "comparisons", "coverage", "segments", "losses", "users", "facts");
    assertThat(find("class=\"chart\"", page)).hasSize(3 + 4);
    assertThat(text(page))
        .contains("12 models", "ml-1m/ratings.dat, ml-1m/movies.dat")
        .contains("24 November 2026, 16:16 UTC", "2 December 2000, 14:52 UTC")
        .contains("contextual-two-tower", "0.4107 (95% interval .3951–.4275)")
        .contains("15–49 train interactions", "150 or more train interactions")
        .contains("Dr. Strangelove", "3 hits in 10", "Item 11", "108726.807");
  }

  @Test
  void segmentsThatHaveComparisonsHaveATableOfThem() {
    String segments =
        find("<section id=\"segments\".*?</section>", ReportPage.of(ReportSample.whole())).get(0);
    assertThat(segments).contains("<summary>Differences by segment</summary>");
    assertThat(find("<caption>.*?</caption>", segments))
        .containsExactly(
            "<caption>NDCG@10 by segment</caption>",
            "<caption>Items unknown in train: NDCG@10 of 40 users</caption>");
    String table = find("<caption>Items unknown.*?</table>", segments).get(0);
    assertThat(table)
        .contains("Difference from contextual-two-tower", "Difference from most-popular");
    assertThat(find("<th scope=\"row\">", table)).hasSize(12);
  }

  @Test
  void whatIsNotThereIsNotShown() {
    String page = ReportPage.of(ReportSample.bare());
    assertThat(sections(page))
        .containsExactly("leaderboard", "coverage", "losses", "users", "facts");
    assertThat(text(page)).doesNotContain("95%", "p-value", "by segment", "By segment");
  }

  @Test
  void theLeastResultMakesAReport() {
    EvaluationResult least =
        EvaluationResult.newBuilder(ReportSample.result(0, "all", 1, 1))
            .setMetrics(Map.of("taste", 7.5, "surprise@10", .5))
            .setCi95(Map.of())
            .setComparisons(List.of())
            .setParameters(Map.of())
            .setTraining(null)
            .build();
    ReportData data =
        new ReportData(
            ReportSample.manifest(true),
            List.of(),
            List.of(10),
            List.of(least),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Map.of());
    String page = ReportPage.of(data);
    assertThat(sections(page)).containsExactly("leaderboard", "facts");
    assertThat(text(page)).contains("Taste", "7.500", "Surprise", "Generated sample.", "1 model");
  }

  @Test
  void theBestNdcgAtTheFirstKStandsFirst() {
    String page = ReportPage.of(ReportSample.whole());
    String leaderboard = find("<table>.*?</table>", page).get(0);
    assertThat(find("(?<=<th scope=\"row\">)[^<]+", leaderboard))
        .containsExactlyElementsOf(ReportSample.MODELS);
    assertThat(find("(?<=<th scope=\"col\" class=\"number\">)[^<]+", leaderboard))
        .containsExactly(
            "NDCG",
            "Hit rate",
            "Precision",
            "Recall",
            "MAP",
            "MRR",
            "Coverage",
            "Novelty",
            "Gini",
            "Mean popularity",
            "Training s");
  }

  @Test
  void modelsThatFailedAreNamedWithTheReason() {
    String page =
        ReportPage.of(
            ReportSample.withFailures(
                ReportSample.bare(),
                List.of(new ModelFailure("slim", "needs 9 GB"), new ModelFailure("als", WICKED))));
    assertThat(find("(?<=<dt>)(als|slim)(?=</dt>)", page)).containsExactly("als", "slim");
    assertThat(text(page)).contains("Not on this leaderboard", "needs 9 GB").doesNotContain("<img");
    assertThat(text(ReportPage.of(ReportSample.bare()))).doesNotContain("Not on this leaderboard");
  }

  @Test
  void noTextOfTheDataBecomesMarkup() {
    ReportData data = ReportSample.whole();
    List<EvaluationResult> results = new ArrayList<>(data.results());
    results.add(
        EvaluationResult.newBuilder(ReportSample.result(3, "all", 836, 1.5))
            .setModelName(WICKED)
            .build());
    data = ReportSample.withTitles(ReportSample.of(results), Map.of("1", WICKED));
    String page = ReportPage.of(data);
    assertThat(page).doesNotContain(WICKED);
    assertThat(text(page)).doesNotContain("<img");
    assertThat(find("</script", page)).hasSize(3);
    assertThat(text(page)).contains("&lt;/script&gt;&lt;img");
  }

  @Test
  void whatTheDataWereLikeIsTold() {
    String page = text(ReportPage.of(ReportSample.whole()));
    assertThat(page)
        .contains("1,000,000", "6,040", "3,706", "25 April 2000", "28 February 2003")
        .contains("0.0002", "0.0005") // duplicates, unknown items
        .contains("leaderboard-before", "0.0125", "0.2500")
        .contains("user: user_id, title: &lt;name&gt;");
  }

  @Test
  void titlesThatAreVeryLongOrTurnTheirDirectionStayWhereTheyAre() {
    String longTitle = "x".repeat(20_000);
    String turned = "\u202egnp.exe\u2066\u200f";
    String page =
        text(
            ReportPage.of(
                ReportSample.withTitles(
                    ReportSample.whole(), Map.of("1", longTitle, "2", turned + "\"'><b>"))));
    assertThat(page).contains(longTitle, turned + "&quot;&#39;&gt;&lt;b&gt;");
    assertThat(find("<li[^>]*>[^<]*\u202e[^<]*", page)).isNotEmpty(); // a block of its own
  }

  @Test
  void theDataOfTheChartsAreJsonThatKeepsEveryName() throws IOException {
    EvaluationResult wicked =
        EvaluationResult.newBuilder(ReportSample.result(0, "all", 836, 1))
            .setModelName(WICKED)
            .build();
    String json = ChartData.json(ReportSample.of(List.of(wicked)));
    assertThat(json).doesNotContain("<");
    assertThat(new ObjectMapper().readTree(json).at("/accuracy/models/0/name").asText())
        .isEqualTo(WICKED);
  }

  @Test
  void nothingIsAskedOfANetwork() {
    String page = ReportPage.of(ReportSample.whole());
    assertThat(find("(src|href|action|data|poster)\\s*=\\s*[\"'][^\"']*", text(page))).isEmpty();
    assertThat(find("@import|url\\(|<link|<iframe", text(page) + find("<style.*?</style>", page)))
        .isEmpty();
    assertThat(text(page)).doesNotContain("http:", "https:");
    assertThat(page).contains("default-src 'none'");
  }

  @Test
  void pathsOfTheMachineAreCutToWhatTellsDataApart() {
    assertThat(ReportPage.of(ReportSample.whole())).doesNotContain("/srv", "somebody");
    assertThat(Words.shortPath("C:\\data\\ratings.csv")).isEqualTo("data/ratings.csv");
    assertThat(Words.shortPath("gs://bucket/log-*.csv")).isEqualTo("bucket/log-*.csv");
    assertThat(Words.shortPath("/log.csv")).isEqualTo("log.csv");
    assertThat(Words.shortPath("log.csv")).isEqualTo("log.csv");
  }

  @Test
  void theSameDataInAnotherOrderGiveTheSamePage() {
    ReportData data = ReportSample.whole();
    List<EvaluationResult> results = new ArrayList<>(data.results());
    Collections.reverse(results);
    assertThat(ReportPage.of(ReportSample.of(results))).isEqualTo(ReportPage.of(data));
  }

  @Test
  void withoutAResultThereIsNoReport() {
    assertThatThrownBy(() -> ReportPage.of(ReportSample.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one result");
  }
}
