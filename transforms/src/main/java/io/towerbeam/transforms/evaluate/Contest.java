package io.towerbeam.transforms.evaluate;

import io.towerbeam.ml.metrics.PromotionRule;
import io.towerbeam.ml.metrics.PromotionRule.Contender;
import io.towerbeam.ml.metrics.PromotionRule.Judgement;
import io.towerbeam.ml.metrics.RankingMetrics;
import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.PromotionDecision;
import io.towerbeam.schemas.PromotionVerdict;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two models of an evaluation of which one wants the other's place.
 *
 * @param challenger the former's name
 * @param championNumber the number of the latter's record; 0 if there is none
 * @param championNames the names that it may have among the lists, of which it has one
 * @param rule when the challenger may take the place
 * @param forced whether it takes it whatever the rule says
 */
public record Contest(
    String challenger,
    int championNumber,
    List<String> championNames,
    PromotionRule rule,
    boolean forced)
    implements Serializable {

  public Contest {
    championNames = List.copyOf(championNames);
  }

  /**
   * The decision.
   *
   * @param models the totals of all models over all test users; empty gives none if the challenger
   *     is not among them
   */
  Optional<PromotionDecision> decide(
      Map<String, SegmentTotals> models, List<Integer> cutoffs, DatasetInfo dataset) {
    if (!models.containsKey(challenger)) {
      return Optional.empty();
    }
    int metric = RankingMetrics.keys(cutoffs).indexOf(rule.metric());
    Contender own = contender(models.get(challenger), metric, dataset);
    Optional<String> name = championNames.stream().filter(models::containsKey).findFirst();
    Optional<Contender> other =
        name.map(champion -> contender(models.get(champion), metric, dataset));
    Judgement judgement =
        other.map(champion -> rule.judge(own, champion)).orElseGet(() -> rule.judge(own));
    List<String> reasons = new ArrayList<>(judgement.reasons());
    if (championNumber > 0 && other.isEmpty()) {
      reasons.add("the champion could not be judged by the same users");
    }
    return Optional.of(
        PromotionDecision.newBuilder()
            .setChallenger(challenger)
            .setChampion(name.orElse(null))
            .setChampionNumber(championNumber == 0 ? null : championNumber)
            .setMetric(rule.metric())
            .setChallengerValue(own.metrics().get(rule.metric()))
            .setChampionValue(value(other, rule.metric()))
            .setLeastDifference(
                judgement.leastDifference().isPresent()
                    ? judgement.leastDifference().getAsDouble()
                    : null)
            .setConfidence(rule.confidence())
            .setAllowedLoss(judgement.allowedLoss())
            .setChallengerCoverage(own.metrics().get(rule.coverage()))
            .setChampionCoverage(value(other, rule.coverage()))
            .setMinCoverageRatio(rule.minCoverageRatio())
            .setVerdict(verdict(reasons))
            .setReasons(reasons)
            .build());
  }

  private PromotionVerdict verdict(List<String> reasons) {
    if (!reasons.isEmpty()) {
      return forced ? PromotionVerdict.FORCED : PromotionVerdict.REFUSED;
    }
    return championNumber == 0 ? PromotionVerdict.FIRST : PromotionVerdict.PASSED;
  }

  private static Double value(Optional<Contender> champion, String metric) {
    return champion.map(contender -> contender.metrics().get(metric)).orElse(null);
  }

  private static Contender contender(SegmentTotals totals, int metric, DatasetInfo dataset) {
    return new Contender(
        totals.ranking().metrics(dataset.getNItems()), totals.bootstrap().means(metric));
  }
}
