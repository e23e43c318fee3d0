package io.towerbeam.ml.models.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.RankingModelProvider.DatasetSize;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.Fits;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextualTwoTowerTest {
  private static final long DAY = 86_400;
  private static final ContextualTwoTower PROVIDER = new ContextualTwoTower();
  private static final MemoryData DATA = spread(MemoryData.twoTastes(40, 20, 10));
  private static final String[] SHORT = {"epochs=2", "batchSize=16", "embeddingDim=8"};
  private static final List<UserHistory> ASKED =
      List.of(DATA.history(0), DATA.history(39), UserHistory.empty(-1), UserHistory.empty(3));

  /** The same interactions, ten a user, of which every third comes after a gap of two days. */
  private static MemoryData spread(MemoryData data) {
    long[] times = new long[data.times().length];
    for (int row = 0; row < times.length; row++) {
      times[row] = (row % 10) / 3 * 2 * DAY + row % 10;
    }
    return new MemoryData(data.interactions(), data.ratings(), times, data.itemFeatures());
  }

  @Test
  void itIsFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("contextual-two-tower"))
        .isInstanceOf(ContextualTwoTower.class);
  }

  @Test
  void eightUsersAreLearntByHeart() throws Exception {
    // user u takes item u, and a week later item 8 + (3 u mod 8)
    int[] items = new int[16];
    long[] times = new long[16];
    int[] offsets = new int[9];
    for (int user = 0; user < 8; user++) {
      items[2 * user] = user;
      items[2 * user + 1] = 8 + 3 * user % 8;
      times[2 * user + 1] = 8 * DAY;
      offsets[user + 1] = 2 * user + 2;
    }
    MemoryData eight =
        new MemoryData(
            new InteractionMatrix(8, 16, offsets, items),
            new float[16],
            times,
            new FloatMatrix(16, 1, new float[16]));
    String[] settings = {
      "epochs=300",
      "dropout=0",
      "weightDecay=0",
      "learningRate=0.01",
      "factorLength=0",
      "servingContext=after-7-days"
    };
    try (FittedModel model = Fits.fit(PROVIDER, eight, settings)) {
      for (int user = 0; user < 8; user++) {
        UserHistory before = MemoryData.stranger(user);
        float[] scores = model.score(List.of(before)).values();
        int wanted = 8 + 3 * user % 8;
        for (int item = 0; item < 16; item++) {
          if (item != wanted && item != user) {
            assertThat(scores[wanted]).isGreaterThan(scores[item] + 1);
          }
        }
      }
    }
  }

  @Test
  void usersComeToPreferTheItemsOfTheirTaste() throws Exception {
    try (FittedModel model = Fits.fit(PROVIDER, DATA, "epochs=40", "batchSize=16")) {
      float[] even = model.score(List.of(DATA.history(0))).values();
      float[] odd = model.score(List.of(DATA.history(1))).values();
      for (int item = 0; item < 20; item += 2) {
        assertThat(even[item] - odd[item]).isPositive();
        assertThat(odd[item + 1] - even[item + 1]).isPositive();
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
    assertThat(saved(42, new MemoryFiles())).isEqualTo(saved(42, new MemoryFiles()));
    assertThat(saved(43, new MemoryFiles())).isNotEqualTo(saved(42, new MemoryFiles()));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "3, 60", "5, 0"})
  void aKilledTrainingEndsInTheSameBytes(long killAt, int checkpointSeconds) throws Exception {
    TrainingProgress killer =
        new TrainingProgress() {
          @Override
          public void stepped(long step, double meanLoss, double examplesPerSecond) {
            if (step == killAt) {
              throw new IllegalStateException("killed");
            }
          }
        };
    MemoryFiles files = new MemoryFiles();
    String checkpoints = "checkpointSeconds=" + checkpointSeconds;
    assertThatThrownBy(() -> fit(42, files, killer, checkpoints)).hasMessage("killed");
    assertThat(saved(42, files)).isEqualTo(saved(42, new MemoryFiles()));
  }

  @Test
  void anotherTimeIsAnotherTraining() throws Exception {
    MemoryFiles files = new MemoryFiles();
    fit(42, files, TrainingProgress.SILENT).close();
    long[] later = DATA.times().clone();
    later[9] += 40 * DAY;
    MemoryData other =
        new MemoryData(DATA.interactions(), DATA.ratings(), later, DATA.itemFeatures());
    FitContext context =
        new FitContext("m", 42, DeviceChoice.CPU, false, 1, files, TrainingProgress.SILENT);
    try (FittedModel resumed = PROVIDER.fit(other, Fits.parameters(PROVIDER, SHORT), context);
        FittedModel fresh = Fits.fit(PROVIDER, other, SHORT)) {
      assertThat(resumed.score(ASKED).values()).isEqualTo(fresh.score(ASKED).values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "same-day", "after-90-days"})
  void aSavedModelScoresAsBeforeAndLeavesNoCheckpoint(String servingContext) throws Exception {
    String[] settings = {"epochs=2", "embeddingDim=8", "servingContext=" + servingContext};
    try (FittedModel model = Fits.fit(PROVIDER, DATA, settings)) {
      MemoryFiles files = Fits.saved(model);
      assertThat(files.contents).containsOnlyKeys("parameters.avro");
      try (FittedModel loaded = Fits.load(PROVIDER, files, settings)) {
        assertThat(loaded.score(ASKED).values()).isEqualTo(model.score(ASKED).values());
        assertThat(vectorsOfContent(loaded).values()).isEqualTo(vectorsOfContent(model).values());
      }
    }
  }

  @Test
  void theProductOfTheEmbeddingsIsTheScore() throws Exception {
    try (FittedModel model = Fits.fit(PROVIDER, DATA, SHORT)) {
      FittedModel.Embeddings embeddings = model.embeddings().orElseThrow();
      FloatMatrix users = embeddings.users(ASKED);
      FloatMatrix items = embeddings.items();
      FloatMatrix scores = model.score(ASKED);
      for (int user = 0; user < ASKED.size(); user++) {
        for (int item = 0; item < items.rows(); item++) {
          double product = 0;
          for (int d = 0; d < users.columns(); d++) {
            product += (double) users.row(user)[d] * items.row(item)[d];
          }
          assertThat((double) scores.row(user)[item]).isCloseTo(product, within(1e-5));
        }
      }
    }
  }

  @Test
  void aUserWhoWasNotInTrainingHasTheVectorOfOneWithTheSameHistory() throws Exception {
    try (FittedModel model = Fits.fit(PROVIDER, DATA, SHORT)) {
      UserHistory known = DATA.history(5);
      UserHistory stranger = new UserHistory(-1, known.items(), known.times(), known.ratings());
      FittedModel.Embeddings embeddings = model.embeddings().orElseThrow();
      assertThat(embeddings.users(List.of(stranger)).values())
          .isEqualTo(embeddings.users(List.of(known)).values());
    }
  }

  @Test
  void theContextIsTheTimeFromTheLastRowToTheEndOfTrainUnlessOneIsSet() throws Exception {
    UserHistory early = new UserHistory(-1, new int[] {3}, new long[] {0}, new float[] {1});
    UserHistory late = new UserHistory(-1, new int[] {3}, new long[] {6 * DAY}, new float[] {1});
    try (FittedModel own = Fits.fit(PROVIDER, DATA, SHORT);
        FittedModel fixed = Fits.fit(PROVIDER, DATA, "servingContext=after-30-days")) {
      assertThat(contextOf(own, early)).isEqualTo(ContextBucket.AFTER_1_DAY.ordinal());
      assertThat(contextOf(own, late)).isEqualTo(ContextBucket.SAME_DAY.ordinal());
      assertThat(contextOf(own, UserHistory.empty(-1))).isEqualTo(ContextBucket.SAME_DAY.ordinal());
      assertThat(contextOf(fixed, late)).isEqualTo(ContextBucket.AFTER_30_DAYS.ordinal());
    }
  }

  /** Which of the last coordinates of the user's vector is 1. */
  private static int contextOf(FittedModel model, UserHistory user) {
    float[] vector = model.embeddings().orElseThrow().users(List.of(user)).values();
    int from = vector.length - ContextBucket.COUNT;
    return IntStream.range(0, ContextBucket.COUNT)
        .filter(context -> vector[from + context] == 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyTheLatestRowsOfAHistoryCount() throws Exception {
    try (FittedModel model = Fits.fit(PROVIDER, DATA, "epochs=1", "historyLimit=2")) {
      UserHistory all = MemoryData.stranger(1, 2, 3, 4);
      UserHistory latest = MemoryData.stranger(3, 4);
      assertThat(model.score(List.of(all)).values())
          .isEqualTo(model.score(List.of(latest)).values());
    }
  }

  @Test
  void withoutAHistoryTheScoresAreThoseOfTheContextAlone() throws Exception {
    try (FittedModel model = Fits.fit(PROVIDER, DATA, SHORT)) {
      FloatMatrix scores = model.score(ASKED);
      assertThat(scores.row(2)).isEqualTo(scores.row(3)).doesNotContain(Float.NaN);
      assertThat(model.knows(ASKED.get(2))).isFalse();
      assertThat(model.knows(MemoryData.stranger(1))).isTrue();
      assertThat(model.score(List.of()).rows()).isZero();
      assertThat(model.score(List.of()).columns()).isEqualTo(20);
    }
  }

  private static FloatMatrix vectorsOfContent(FittedModel model) {
    return model.embeddings().orElseThrow().itemsOf(DATA.itemFeatures()).orElseThrow();
  }

  @Test
  void itemsThatWereNotInTrainingHaveVectorsOfTheirContent() throws Exception {
    try (FittedModel model = Fits.fit(PROVIDER, DATA, SHORT)) {
      FloatMatrix known = model.embeddings().orElseThrow().items();
      FloatMatrix encoded = vectorsOfContent(model);
      assertThat(encoded.rows()).isEqualTo(known.rows());
      assertThat(encoded.columns()).isEqualTo(known.columns());
      assertThat(encoded.values()).isNotEqualTo(known.values());
      assertThat(encoded.row(0)).isNotEqualTo(encoded.row(1));
      FloatMatrix none = new FloatMatrix(0, 0, new float[0]);
      assertThat(model.embeddings().orElseThrow().itemsOf(none).orElseThrow().rows()).isZero();
    }
  }

  @Test
  void newItemsLeaveTheVectorsOfTheOthersAsTheyAre() throws Exception {
    try (FittedModel model = Fits.fit(PROVIDER, DATA, SHORT);
        FittedModel extended = model.withNewItems(DATA.itemFeatures()).orElseThrow()) {
      FloatMatrix all = extended.embeddings().orElseThrow().items();
      FloatMatrix known = model.embeddings().orElseThrow().items();
      assertThat(all.values()).startsWith(known.values());
      assertThat(all.values()).endsWith(vectorsOfContent(model).values());
    }
  }

  @Test
  void manyThreadsGetTheScoresOfOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (FittedModel model = Fits.fit(PROVIDER, DATA, SHORT)) {
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

  @Test
  void aSampledSoftmaxLearnsTheSameTastes() throws Exception {
    String[] settings = {
      "epochs=40", "batchSize=16", "fullSoftmaxItems=0", "sampledItems=6", "factorLength=0"
    };
    try (FittedModel model = Fits.fit(PROVIDER, DATA, settings)) {
      float[] even = model.score(List.of(DATA.history(0))).values();
      float[] odd = model.score(List.of(DATA.history(1))).values();
      double difference = 0;
      for (int item = 0; item < 20; item += 2) {
        difference += even[item] - odd[item] + odd[item + 1] - even[item + 1];
      }
      assertThat(difference).isPositive();
    }
  }

  @Test
  void whatCannotBeTrainedOnIsSaid() {
    MemoryData featureless = MemoryData.ofRows(3, new int[] {0, 1});
    assertThatThrownBy(() -> Fits.fit(PROVIDER, featureless))
        .isInstanceOf(ModelFitException.class)
        .hasMessageContaining("3 rows of 0 features");
    assertThatThrownBy(() -> Fits.fit(PROVIDER, MemoryData.ofRows(3, new int[0])))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there are no interactions to train on");
    MemoryData repeated =
        new MemoryData(
            new InteractionMatrix(1, 1, new int[] {0, 2}, new int[] {0, 0}),
            new FloatMatrix(1, 1, new float[1]));
    assertThatThrownBy(() -> Fits.fit(PROVIDER, repeated))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("no user has taken two items one after the other");
  }

  @Test
  void theMemoryNeededGrowsWithTheDataAndTheVectors() {
    DatasetSize small = new DatasetSize(1000, 2000, 50_000, 34);
    long needed = PROVIDER.bytesNeeded(small, Fits.parameters(PROVIDER));
    assertThat(needed).isPositive();
    for (DatasetSize larger :
        List.of(
            new DatasetSize(2000, 2000, 50_000, 34),
            new DatasetSize(1000, 4000, 50_000, 34),
            new DatasetSize(1000, 2000, 90_000, 34),
            new DatasetSize(1000, 2000, 50_000, 60))) {
      assertThat(PROVIDER.bytesNeeded(larger, Fits.parameters(PROVIDER))).isGreaterThan(needed);
    }
    assertThat(PROVIDER.bytesNeeded(small, Fits.parameters(PROVIDER, "embeddingDim=128")))
        .isGreaterThan(needed);
  }

  private static byte[] saved(long seed, MemoryFiles files) throws Exception {
    try (FittedModel model = fit(seed, files, TrainingProgress.SILENT)) {
      model.save(files);
    }
    assertThat(files.list("checkpoints")).isEmpty();
    return files.contents.get("parameters.avro");
  }

  private static FittedModel fit(
      long seed, MemoryFiles files, TrainingProgress progress, String... more) throws Exception {
    String[] settings =
        IntStream.range(0, SHORT.length + more.length)
            .mapToObj(i -> i < SHORT.length ? SHORT[i] : more[i - SHORT.length])
            .toArray(String[]::new);
    return PROVIDER.fit(
        DATA,
        Fits.parameters(PROVIDER, settings),
        new FitContext("contextual", seed, DeviceChoice.CPU, false, 1, files, progress));
  }
}
