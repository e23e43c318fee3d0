package io.towerbeam.pipelines.workflows;

import io.towerbeam.ml.metrics.PromotionRule;
import io.towerbeam.ml.metrics.RankingMetrics;
import io.towerbeam.pipelines.options.PromotionOptions.Promote;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.RunnerSupports;
import io.towerbeam.transforms.evaluate.Contest;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Champions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a challenger has to pass on its way to be the champion.
 *
 * @param challenger its name
 * @param number of the record that it is compared with; 0 if there is none
 * @param champion the model of that record; null if there is none, or it is not to be had
 * @param rule when the challenger passes
 * @param isForced whether it passes whatever comes of it
 */
record Gate(
    String challenger,
    int number,
    @Nullable ChampionModel champion,
    PromotionRule rule,
    boolean isForced) {
  private static final int LEAST_RESAMPLES = 100;

  /**
   * The gate that the options ask for; looks for the champion.
   *
   * @throws UsageException if there is a champion that cannot be compared with, unless it is to be
   *     replaced whatever comes of it
   */
  static Gate of(TrainOptions options) {
    boolean isForced = options.getPromote() == Promote.ALWAYS;
    if (!isForced && options.getBootstrapResamples() < LEAST_RESAMPLES) {
      throw new UsageException(
          "--bootstrapResamples=%d: --promote=auto needs at least %d to be sure of anything: give"
                  .formatted(options.getBootstrapResamples(), LEAST_RESAMPLES)
              + " more, or --promote=never or always");
    }
    Champions champions = Champions.in(new Folder(options.getOutput()));
    int highest = 0;
    try {
      highest = champions.numbers().stream().findFirst().orElse(0);
      Optional<Champions.Numbered> before = champions.before(options.getRunId());
      int number = before.map(Champions.Numbered::number).orElse(0);
      ChampionModel champion = before.isEmpty() ? null : ChampionModel.of(champions, before.get());
      return new Gate(options.getModel(), number, champion, rule(options), isForced);
    } catch (IOException | ChampionModel.Unusable e) {
      if (isForced) {
        return new Gate(options.getModel(), highest, null, rule(options), true);
      }
      throw new UsageException(
          "--promote=auto: %s: bring it back, name another one by `towerbeam rollback`, or give"
                  .formatted(inOneLine(e, highest))
              + " --promote=always");
    }
  }

  private static String inOneLine(Exception fault, int highest) {
    if (fault instanceof ChampionModel.Unusable) {
      return fault.getMessage();
    }
    String why = RunnerSupports.inWordsOrItsOwn(fault).lines().findFirst().orElse("");
    return highest == 0
        ? "champions cannot be read: " + why
        : "the record of champion %06d cannot be read: %s".formatted(highest, why);
  }

  private static PromotionRule rule(TrainOptions options) {
    String metric = options.getPromotionMetric().name().toLowerCase(Locale.ROOT);
    return new PromotionRule(
        RankingMetrics.key(metric, options.getK().get(0)),
        options.getPromotionMargin(),
        options.getPromotionConfidence(),
        options.getMinCoverageRatio());
  }

  /** The two by their names among the results. */
  Contest contest() {
    return new Contest(
        challenger,
        number,
        champion == null ? List.of() : List.of(champion.name(), champion.refitName()),
        rule,
        isForced);
  }
}
