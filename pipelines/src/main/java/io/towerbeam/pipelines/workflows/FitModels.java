package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.options.TrainingOptions;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.transforms.train.FitRankingModel;
import io.towerbeam.transforms.train.FitSettings;
import io.towerbeam.transforms.train.TrainTwoTower;
import io.towerbeam.transforms.write.RunFiles;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Fits the chosen models once the training shards are written: those that need an accelerator by
 * {@link TrainTwoTower}, the others by {@link FitRankingModel}. Takes the counts that the checks
 * let pass.
 */
final class FitModels extends PTransform<PCollection<Map<String, Long>>, PCollectionTuple> {
  private final transient ModelChoice choice;
  private final transient FitSettings settings;
  private final transient TrainingOptions options;
  private final transient PCollectionView<Map<String, Long>> counts;
  private final transient List<PCollection<?>> written;

  private FitModels(
      ModelChoice choice,
      FitSettings settings,
      TrainingOptions options,
      PCollectionView<Map<String, Long>> counts,
      List<PCollection<?>> written) {
    this.choice = choice;
    this.settings = settings;
    this.options = options;
    this.counts = counts;
    this.written = written;
  }

  static <O extends TrainingOptions & WorkflowOptions> FitModels of(
      ModelChoice choice,
      O options,
      RunFiles run,
      PCollectionView<Map<String, Long>> counts,
      List<PCollection<?>> written) {
    return new FitModels(
        choice, choice.settings(options, run), options, counts, List.copyOf(written));
  }

  @Override
  public PCollectionTuple expand(PCollection<Map<String, Long>> checked) {
    PCollection<Map<String, Long>> ready = checked.apply("ShardsAreWritten", Wait.on(written));
    ready.setCoder(checked.getCoder());
    PCollectionTuple plain =
        ready
            .apply("NamePlainModels", new Names(choice.plain()))
            .apply("FitRankingModel", FitRankingModel.of(settings, counts));
    PCollectionTuple accelerated =
        ready
            .apply("NameAcceleratedModels", new Names(choice.accelerated()))
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

  private static <T> PCollection<T> both(
      TupleTag<T> tag, PCollectionTuple plain, PCollectionTuple accelerated) {
    return PCollectionList.of(plain.get(tag))
        .and(accelerated.get(tag))
        .apply("All_" + tag.getId(), Flatten.pCollections());
  }

  /** The same names for the one element that says that fitting may begin. */
  private static final class Names
      extends PTransform<PCollection<Map<String, Long>>, PCollection<String>> {
    private final List<String> names;

    Names(List<String> names) {
      this.names = names;
    }

    @Override
    public PCollection<String> expand(PCollection<Map<String, Long>> ready) {
      List<String> models = names;
      return ready
          .apply("Names", FlatMapElements.into(TypeDescriptors.strings()).via(counts -> models))
          .setCoder(StringUtf8Coder.of());
    }
  }
}
