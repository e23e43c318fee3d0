package io.towerbeam.pipelines.report;

import io.towerbeam.pipelines.report.Table.Cell;
import io.towerbeam.pipelines.report.Table.Head;
import io.towerbeam.pipelines.report.Table.Row;
import io.towerbeam.schemas.PromotionDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the gate said, in words and numbers.
 *
 * @param verdict one sentence
 * @param how how the champion came to its lists; empty without one
 * @param reasons what speaks against the model
 * @param table both by the numbers that count
 */
record PromotionView(String verdict, String how, List<String> reasons, Table table) {
  static PromotionView of(PromotionDecision decision) {
    return new PromotionView(
        verdict(decision), how(decision), decision.getReasons(), table(decision));
  }

  private static String verdict(PromotionDecision decision) {
    String model = decision.getChallenger();
    return switch (decision.getVerdict()) {
      case FIRST -> model + " is the first champion: there was none to compare it with.";
      case PASSED -> model + " takes the champion's place.";
      case FORCED -> model + " takes the champion's place, as it was told to, though:";
      case REFUSED -> "The champion stays. Of " + model + ":";
      case UNKNOWN -> "The decision on " + model + " is not known here.";
    };
  }

  private static String how(PromotionDecision decision) {
    String champion = decision.getChampion();
    if (champion == null) {
      return "";
    }
    return champion.endsWith("-refit")
        ? "The champion learnt from interactions after the split, so its configuration was fitted"
            + " on the same train side."
        : "The champion was judged as it serves, by lists from its own run.";
  }

  private static Table table(PromotionDecision decision) {
    String[] named = decision.getMetric().split("@");
    int k = Integer.parseInt(named[1]);
    String metric = new Metric(named[0], k).label();
    List<Row> rows = new ArrayList<>();
    rows.add(
        row(metric, number(decision.getChallengerValue()), number(decision.getChampionValue())));
    rows.add(
        row(
            new Metric("coverage", k).label(),
            number(decision.getChallengerCoverage()),
            number(decision.getChampionCoverage())));
    if (decision.getLeastDifference() != null) {
      rows.add(
          row(
              "Difference in " + metric + ", at least",
              Numbers.difference(decision.getLeastDifference(), 4),
              ""));
      rows.add(
          row("Difference that is allowed", Numbers.difference(-decision.getAllowedLoss(), 4), ""));
    }
    return new Table(
        String.format(
            Locale.ROOT,
            "Beside the champion, at a confidence of %s; %s of its coverage is wanted at least",
            decision.getConfidence(),
            decision.getMinCoverageRatio()),
        List.of(
            Head.text("What"),
            Head.number(decision.getChallenger()),
            Head.number(decision.getChampion() == null ? "champion" : decision.getChampion())),
        rows);
  }

  private static String number(Double value) {
    return value == null ? Numbers.NONE : Numbers.fixed(value, 4);
  }

  private static Row row(String name, String challenger, String champion) {
    return new Row(name, List.of(Cell.number(challenger), Cell.number(champion)));
  }
}
