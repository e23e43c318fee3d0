package io.towerbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.pipelines.options.InputOptions.UnknownItems;
import io.towerbeam.pipelines.options.TrainingOptions.Scoring;
import io.towerbeam.pipelines.testing.TallyOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class OptionParserTest {
  /** All groups together. */
  public interface EveryOptions
      extends InputOptions, SplitOptions, ModelOptions, EvaluationOptions, WorkflowOptions {}

  @Test
  void defaultsAreTheDocumentedOnes() {
    EveryOptions options = parse();
    assertThat(OptionSpecs.of(EveryOptions.class).valuesIn(options))
        .hasToString(
            "{categoriesColumn=genres, device=auto, itemColumn=item_id, itemIdColumn=item_id, k=10,"
                + " maxRejectedFraction=0, minTestInteractions=10, minTrainInteractions=5,"
                + " minUserTrainInteractions=15, models=most-popular,two-tower-hybrid,"
                + " output=./towerbeam-output, ratingColumn=rating, requireGpu=false, seed=42,"
                + " shards=16, splitQuantile=0.8, threads=1, timeColumn=timestamp,"
                + " timeUnit=seconds, titleColumn=title, unknownItems=keep, userColumn=user_id}");
  }

  @Test
  void valuesOfEveryKindAreTaken() {
    EveryOptions options =
        parse(
            "--k=5, 10",
            "--models=ease,als",
            "--modelParameters=ease.lambda=30000,als.factors=16",
            "--unknownItems=reject",
            "--scoring=Cosine",
            "--device=gpu",
            "--splitQuantile=.85",
            "--seed=7",
            "--requireGpu",
            "--minRating=3.5",
            "--accelerator=type:nvidia-l4;count:1;install-nvidia-driver",
            "--trainingMinRam=16GB");
    assertThat(options.getK()).containsExactly(5, 10);
    assertThat(options.getModels()).containsExactly("ease", "als");
    assertThat(options.getModelParameters()).containsExactly("ease.lambda=30000", "als.factors=16");
    assertThat(options.getUnknownItems()).isEqualTo(UnknownItems.REJECT);
    assertThat(options.getScoring()).isEqualTo(Scoring.COSINE);
    assertThat(options.getDevice()).isEqualTo(DeviceChoice.GPU);
    assertThat(options.getSplitQuantile()).isEqualTo(.85);
    assertThat(options.getSeed()).isEqualTo(7);
    assertThat(options.getRequireGpu()).isTrue();
    assertThat(options.getMinRating()).isEqualTo(3.5);
  }

  @Test
  void aListMayBeGivenPiecemeal() {
    assertThat(parse("--k=5", "--k=10").getK()).containsExactly(5, 10);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/refused-arguments.txt", delimiter = '|')
  void whatIsNotAcceptedGetsOneLine(String args, String line) {
    assertThatThrownBy(() -> parse(args.split(" ")))
        .isInstanceOf(UsageException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith(line)
        .hasLineCount(1);
  }

  @Test
  void aRequiredOptionMustBeGiven() {
    assertThatThrownBy(() -> OptionParser.into(TallyOptions.class).parse(List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("--subject: give text");
  }

  @Test
  void beamsOptionsPassThrough() {
    assertThat(parse("--tempLocation=/tmp/x").getTempLocation()).isEqualTo("/tmp/x");
  }

  @Test
  void theDirectRunnersElementChecksAreOffUnlessAskedFor() {
    assertThat(parse().toString()).contains("enforceEncodability: false");
    assertThat(parse("--enforceEncodability=true").toString())
        .contains("enforceEncodability: true")
        .contains("enforceImmutability: false");
  }

  @Test
  void everyOptionSaysWhatItDoes() {
    assertThat(OptionSpecs.of(EveryOptions.class).visible())
        .allSatisfy(option -> assertThat(option.description()).isNotBlank());
  }

  private static EveryOptions parse(String... args) {
    return OptionParser.into(EveryOptions.class).parse(Arrays.asList(args));
  }
}
