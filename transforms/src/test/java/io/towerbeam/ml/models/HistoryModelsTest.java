package io.towerbeam.ml.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every model that scores from a user's history. */
class HistoryModelsTest {
  private static final MemoryData DATA = MemoryData.twoTastes(40, 20, 8);
  private static final List<UserHistory> ASKED =
      Stream.concat(
              IntStream.range(0, 40).mapToObj(DATA::history),
              Stream.of(MemoryData.stranger(3, 7, 3), MemoryData.stranger(4)))
          .toList();

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void usersGetTheItemsOfTheirTaste(String name) throws Exception {
    try (FittedModel model = Fits.fit(provider(name), DATA, setting(name))) {
      FloatMatrix scores =
          model.score(List.of(MemoryData.stranger(0, 2, 4), MemoryData.stranger(1, 3, 5)));
      double wanted = 0;
      double other = 0;
      for (int item = 6; item < 20; item++) {
        wanted += scores.values()[item % 2 * 20 + item];
        other += scores.values()[(1 - item % 2) * 20 + item];
      }
      assertThat(wanted).isGreaterThan(3 * other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void aLoadedModelScoresAsTheFittedOneBitForBit(String name) throws Exception {
    try (FittedModel fitted = Fits.fit(provider(name), DATA, setting(name));
        FittedModel loaded = Fits.load(provider(name), Fits.saved(fitted), setting(name))) {
      assertThat(loaded.score(ASKED).values()).isEqualTo(fitted.score(ASKED).values());
      assertThat(Fits.saved(loaded).contents.get("parameters.avro"))
          .isEqualTo(Fits.saved(fitted).contents.get("parameters.avro"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void theSameDataGiveTheSameBytes(String name) throws Exception {
    try (FittedModel once = Fits.fit(provider(name), DATA);
        FittedModel again = Fits.fit(provider(name), DATA)) {
      MemoryFiles files = Fits.saved(once);
      assertThat(files.contents).containsOnlyKeys("parameters.avro");
      assertThat(Fits.saved(again).contents.get("parameters.avro"))
          .isEqualTo(files.contents.get("parameters.avro"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void theHistoryCountsAndNotTheIndexNorRepeatsNorOrder(String name) throws Exception {
    try (FittedModel model = Fits.fit(provider(name), DATA)) {
      UserHistory known = DATA.history(5);
      int[] items = known.items();
      int[] shuffled = new int[items.length * 2];
      for (int i = 0; i < items.length; i++) {
        shuffled[i] = items[items.length - 1 - i];
        shuffled[items.length + i] = items[i];
      }
      UserHistory stranger = MemoryData.stranger(shuffled);
      assertThat(model.knows(stranger)).isTrue();
      assertThat(model.score(List.of(stranger)).values())
          .isEqualTo(model.score(List.of(known)).values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void manyThreadsGetTheScoresOfOne(String name) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (FittedModel model = Fits.fit(provider(name), DATA)) {
      float[] expected = model.score(ASKED).values();
      List<Future<float[]>> scored =
          IntStream.range(0, 16)
              .mapToObj(i -> threads.submit(() -> model.score(ASKED).values()))
              .toList();
      for (Future<float[]> scores : scored) {
        assertThat(scores.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void anEmptyBatchGivesNoRowsAndAnEmptyHistoryScoresOfZero(String name) throws Exception {
    try (FittedModel model = Fits.fit(provider(name), DATA)) {
      assertThat(model.score(List.of()).rows()).isZero();
      assertThat(model.score(List.of(UserHistory.empty(-1))).values()).containsOnly(0f);
      assertThat(model.knows(UserHistory.empty(3))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void withoutInteractionsThereIsNoModel(String name) {
    assertThatThrownBy(() -> Fits.fit(provider(name), MemoryData.ofRows(3, new int[0])))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there are no interactions to train on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn", "ease", "slim"})
  void theBoundsOfEveryParameterGiveAModelOrALine(String name) throws Exception {
    RankingModelProvider provider = provider(name);
    for (ModelParameter parameter : provider.parameters()) {
      List<String> bounds =
          switch (parameter.type()) {
            case INTEGER ->
                List.of(
                    Long.toString((long) parameter.min()), Long.toString((long) parameter.max()));
            case REAL ->
                List.of(Double.toString(parameter.min()), Double.toString(parameter.max()));
            case FLAG -> List.of("true", "false");
            case CHOICE -> parameter.choices();
          };
      for (String bound : bounds) {
        String given = parameter.name() + "=" + bound;
        assertThat(provider.bytesNeeded(DATA.size(), Fits.parameters(provider, given)))
            .isPositive();
        try (FittedModel model = Fits.fit(provider, DATA, given)) {
          for (float score : model.score(ASKED).values()) {
            assertThat(score).as(given).isFinite();
          }
        } catch (ModelFitException e) {
          assertThat(e.getMessage()).as(given).isNotBlank().doesNotContain("\n");
        }
      }
    }
  }

  /** A setting that is not the default, where there is one that changes scores. */
  private static String setting(String name) {
    return switch (name) {
      case "ease" -> "lambda=30";
      case "slim" -> "alpha=0.01";
      default -> "neighbours=15";
    };
  }

  private static RankingModelProvider provider(String name) {
    return RankingModels.onClassPath().get(name);
  }
}
