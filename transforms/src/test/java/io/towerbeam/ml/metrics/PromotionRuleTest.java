package io.towerbeam.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.metrics.PromotionRule.Contender;
import io.towerbeam.ml.metrics.PromotionRule.Judgement;
import io.towerbeam.ml.random.CounterRandom;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromotionRuleTest {
  private static final PromotionRule RULE = new PromotionRule("ndcg@10", .05, .9, .5);

  /** Eleven resamples, whose differences to a champion of .4 in all of them are these. */
  private static final double[] CHANCE = {0, -.01, .01, -.02, .02, -.03, .03, -.04, .04, -.05, .05};

  private static Contender of(double ndcg, double coverage, double... chance) {
    double[] resampled = Arrays.stream(chance).map(by -> ndcg + by).toArray();
    return new Contender(Map.of("ndcg@10", ndcg, "coverage@10", coverage), resampled);
  }

  private static Contender champion() {
    return of(.4, .2, new double[CHANCE.length]);
  }

  @Test
  void theBoundIsAQuantileOfTheDifferences() {
    // a tenth of the way through the sorted differences -.05 to .05
    Judgement judgement = RULE.judge(of(.4, .2, CHANCE), champion());
    assertThat(judgement.leastDifference().orElseThrow()).isCloseTo(-.04, within(1e-12));
    assertThat(judgement.allowedLoss()).isCloseTo(.02, within(1e-12));
    assertThat(judgement.reasons())
        .containsExactly(
            "its ndcg@10 is 0.4000, the champion's 0.4000: at a confidence of 0.9 it may be worse"
                + " by 0.0400, more than the 0.0200 that are allowed");
  }

  @Test
  void anEqualOneWithoutDoubtPasses() {
    assertThat(RULE.judge(champion(), champion()).reasons()).isEmpty();
  }

  @Test
  void aSlightlyWorseOnePassesIfItIsSure() {
    assertThat(RULE.judge(of(.381, .2, new double[11]), champion()).reasons()).isEmpty();
    assertThat(RULE.judge(of(.379, .2, new double[11]), champion()).reasons()).hasSize(1);
  }

  @Test
  void aBetterOnePassesInSpiteOfDoubt() {
    assertThat(RULE.judge(of(.43, .2, CHANCE), champion()).reasons()).isEmpty();
  }

  @Test
  void listsOfMuchFewerItemsAreRefused() {
    assertThat(RULE.judge(of(.5, .1, new double[11]), champion()).reasons()).isEmpty();
    assertThat(RULE.judge(of(.5, .099, new double[11]), champion()).reasons())
        .containsExactly("its coverage@10 is 0.0990, the champion's 0.2000: below 0.5 of it");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aMetricThatIsNoNumberIsRefused(double value) {
    Contender broken = new Contender(Map.of("ndcg@10", .9, "coverage@10", value), new double[11]);
    assertThat(RULE.judge(broken).reasons()).containsExactly("its coverage@10 is " + value);
    assertThat(RULE.judge(broken, champion()).reasons()).contains("its coverage@10 is " + value);
    Contender nan = of(Double.NaN, .2, new double[11]);
    assertThat(RULE.judge(nan, champion()).reasons()).hasSize(2);
  }

  @Test
  void withoutAChampionThereIsNothingToBeat() {
    Judgement judgement = RULE.judge(of(.01, .001));
    assertThat(judgement.reasons()).isEmpty();
    assertThat(judgement.leastDifference()).isEmpty();
  }

  @Test
  void withoutResamplesNobodyPasses() {
    assertThat(RULE.judge(of(.5, .2), of(.4, .2)).reasons())
        .containsExactly("there are too few test users for a confidence");
  }

  /** Of models that are worse by just the margin no more than a twentieth pass at .95. */
  @Test
  void aModelAtTheMarginPassesAsSeldomAsItsConfidenceSays() {
    PromotionRule rule = new PromotionRule("ndcg@10", .1, .95, 0);
    int users = 400;
    int resamples = 400;
    int passed = 0;
    int trials = 300;
    for (int trial = 0; trial < trials; trial++) {
      double[][] values = new double[2][users];
      CounterRandom random = CounterRandom.of(5, trial);
      for (int user = 0; user < users; user++) {
        double taste = random.nextUnit(); // mean .5, of the challenger .45
        values[0][user] = taste - .05 + .2 * (random.nextUnit() - .5);
        values[1][user] = taste + .2 * (random.nextUnit() - .5);
      }
      passed +=
          rule.judge(drawn(values[0], trial, resamples), drawn(values[1], trial, resamples))
                  .reasons()
                  .isEmpty()
              ? 1
              : 0;
    }
    // 15 expected, with a standard deviation of 3.8; the true margin moves a little with the
    // champion's mean
    assertThat(passed).isBetween(3, 30);
  }

  private static Contender drawn(double[] values, int seed, int resamples) {
    double[] sums = new double[resamples];
    double[] weights = new double[resamples];
    double sum = 0;
    Resampling resampling = new Resampling(resamples, seed);
    for (int user = 0; user < values.length; user++) {
      byte[] counted = resampling.weights("user-" + user);
      sum += values[user];
      for (int resample = 0; resample < resamples; resample++) {
        sums[resample] += counted[resample] * values[user];
        weights[resample] += counted[resample];
      }
    }
    for (int resample = 0; resample < resamples; resample++) {
      sums[resample] /= weights[resample];
    }
    return new Contender(Map.of("ndcg@10", sum / values.length, "coverage@10", .5), sums);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> new PromotionRule("ndcg@10", -.1, .95, .5))
        .hasMessage("margin must be 0 to 1, not -0.1");
    assertThatThrownBy(() -> new PromotionRule("ndcg@10", .1, 1, .5))
        .hasMessage("confidence must be above 0 and below 1, not 1.0");
    assertThatThrownBy(() -> new PromotionRule("ndcg@10", .1, .9, Double.NaN))
        .hasMessage("minCoverageRatio must be at least 0, not NaN");
  }
}
