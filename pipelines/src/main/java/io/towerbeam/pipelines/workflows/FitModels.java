package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.transforms.prepare.Await;
import io.towerbeam.transforms.train.FitRankingModel;
import io.towerbeam.transforms.train.FitSettings;
import io.towerbeam.transforms.train.TrainTwoTower;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Fits the chosen models once the training shards are written: those that need an accelerator by
 * {@link TrainTwoTower}, the others by {@link FitRankingModel}. Takes the counts that the checks
 * let pass.
 */
final class FitModels extends PTransform<PCollection<Map<String, Long>>, PCollectionTuple> {
  private final transient ModelChoice choice;
  private final transient @Nullable ChampionModel champion;
  private final transient FitSettings settings;
  private final transient TrainingOptions options;
  private final transient PCollectionView<Map<String, Long>> counts;
  private final transient List<PCollection<?>> written;

  private FitModels(
      ModelChoice choice,
      @Nullable ChampionModel champion,
      FitSettings settings,
      TrainingOptions options,
      PCollectionView<Map<String, Long>> counts,
      List<PCollection<?>> written) {
    this.choice = choice;
    this.champion = champion;
    this.settings = settings;
    this.options = options;
    this.counts = counts;
    this.written = written;
  }

  static <O extends TrainingOptions & WorkflowOptions> FitModels of(
      ModelChoice choice, O options, PreparedData data) {
    return new FitModels(
        choice, null, choice.settings(options, data.run()), options, data.counts(), List.of());
  }

  /** Fits the champion's configuration too, if it learnt from rows of the test side. */
  FitModels withChampion(ChampionModel champion) {
    return new FitModels(
        choice,
        champion,
        settings.withRefit(champion.refitName(), champion.artifact()),
        options,
        counts,
        written);
  }

  /** Waits for these files. */
  FitModels after(List<PCollection<?>> files) {
    return new FitModels(choice, champion, settings, options, counts, List.copyOf(files));
  }

  @Override
  public PCollectionTuple expand(PCollection<Map<String, Long>> checked) {
    PCollection<Map<String, Long>> ready = checked.apply("ShardsAreWritten", Await.ended(written));
    ready.setCoder(checked.getCoder());
    PCollectionTuple plain =
        ready
            .apply("NamePlainModels", names(choice.plain(), false))
            .apply("FitRankingModel", FitRankingModel.of(settings, counts));
    PCollectionTuple accelerated =
        ready
            .apply("NameAcceleratedModels", names(choice.accelerated(), true))
            .apply(
                "TrainTwoTower",
                TrainTwoTower.of(settings, counts)
                    .withAccelerator(options.getAccelerator())
                    .withMinRam(options.getTrainingMinRam()));
    return PCollectionTuple.of(
            TrainTwoTower.ARTIFACTS, both(TrainTwoTower.ARTIFACTS, plain, accelerated))
        .and(TrainTwoTower.FAILURES, both(TrainTwoTower.FAILURES, plain, accelerated))
        .and(TrainTwoTower.EPOCHS, both(TrainTwoTower.EPOCHS, plain, accelerated));
  }

  private Names names(List<String> models, boolean areAccelerated) {
    boolean isOurs = champion != null && champion.needsAccelerator() == areAccelerated;
    return new Names(models, isOurs ? champion : null);
  }

  private static <T> PCollection<T> both(
      TupleTag<T> tag, PCollectionTuple plain, PCollectionTuple accelerated) {
    return PCollectionList.of(plain.get(tag))
        .and(accelerated.get(tag))
        .apply("All_" + tag.getId(), Flatten.pCollections());
  }

  /** Names of models, for the one element that says that fitting may begin. */
  private static final class Names
      extends PTransform<PCollection<Map<String, Long>>, PCollection<String>> {
    private final List<String> names;
    private final transient @Nullable ChampionModel champion;

    Names(List<String> names, @Nullable ChampionModel champion) {
      this.names = names;
      this.champion = champion;
    }

    @Override
    public PCollection<String> expand(PCollection<Map<String, Long>> ready) {
      List<String> always = names; // a lambda that names the fields would drag the transform along
      ChampionModel also = champion;
      return ready
          .apply(
              "Names",
              FlatMapElements.into(TypeDescriptors.strings())
                  .via(
                      counts -> {
                        List<String> models = new ArrayList<>(always);
                        if (also != null && also.knowsMoreThan(counts)) {
                          models.add(also.refitName());
                        }
                        return models;
                      }))
          .setCoder(StringUtf8Coder.of());
    }
  }
}
