package io.towerbeam.ml.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.FitContext.DeviceChoice;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.schemas.EpochReport;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.TrainingInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoTowerHybridTest {
  private static final MemoryData DATA = MemoryData.twoTastes(40, 20, 10);
  private static final TwoTowerHybrid PROVIDER = new TwoTowerHybrid();
  private static final List<UserHistory> ASKED =
      List.of(UserHistory.empty(0), UserHistory.empty(-1), UserHistory.empty(39));

  private final MemoryFiles files = new MemoryFiles();
  private final List<EpochReport> reports = new ArrayList<>();

  @Test
  void itIsFoundByItsName() {
    assertThat(RankingModels.onClassPath().get("two-tower-hybrid"))
        .isInstanceOf(TwoTowerHybrid.class);
  }

  @Test
  void theRankingOneIsTheSameModelByAnotherDefault() throws Exception {
    RankingModelProvider ranking = RankingModels.onClassPath().get("two-tower-hybrid-bpr");
    assertThat(ranking).isInstanceOf(TwoTowerHybrid.Bpr.class);
    ParameterValues values = ParameterValues.of(ranking.parameters(), Map.of("epochs", "2"));
    FitContext context =
        new FitContext("m", 42, DeviceChoice.CPU, false, 1, files, TrainingProgress.SILENT);
    try (FittedModel model = ranking.fit(DATA, values, context);
        FittedModel other = fit(DATA, 42, "epochs=2", "loss=bpr")) {
      assertThat(model.score(ASKED).values()).isEqualTo(other.score(ASKED).values());
      try (FittedModel entropy = fit(DATA, 42, "epochs=2")) {
        assertThat(entropy.score(ASKED).values()).isNotEqualTo(model.score(ASKED).values());
      }
    }
  }

  @Test
  void usersComeToPreferTheItemsOfTheirTaste() throws Exception {
    String[] settings = {
      "epochs=60", "batchSize=64", "learningRate=0.01", "weightDecay=0", "scoring=cosine"
    };
    try (FittedModel model = fit(DATA, 42, settings)) {
      float[] even = model.score(List.of(UserHistory.empty(0))).values();
      float[] odd = model.score(List.of(UserHistory.empty(1))).values();
      for (int item = 0; item < 20; item += 2) {
        assertThat(even[item] - odd[item]).isPositive();
        assertThat(odd[item + 1] - even[item + 1]).isPositive();
      }
    }
    assertThat(reports).hasSize(60);
    assertThat(reports.get(59).getLoss()).isLessThan(.9 * reports.get(0).getLoss());
    assertThat(reports.get(59).getExamples()).isEqualTo(400 * 5);
  }

  @Test
  void eightExamplesAreLearntByHeart() throws Exception {
    int[] offsets = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    int[] items = {0, 1, 2, 3, 4, 5, 6, 7};
    float[] features = new float[64];
    for (int i = 0; i < 8; i++) {
      features[9 * i] = 1;
    }
    MemoryData eight =
        new MemoryData(
            new InteractionMatrix(8, 8, offsets, items), new FloatMatrix(8, 8, features));
    String[] settings = {
      "epochs=600",
      "learningRate=0.005",
      "weightDecay=0",
      "dropout=0",
      "gamma=1",
      "scoring=cosine",
      "loss=bpr"
    };
    try (FittedModel model = fit(eight, 1, settings)) {
      for (int user = 0; user < 8; user++) {
        float[] scores = model.score(List.of(UserHistory.empty(user))).values();
        for (int item = 0; item < 8; item++) {
          if (item != user) {
            assertThat(scores[user]).isGreaterThan(scores[item]);
          }
        }
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
    byte[] once = saved(42);
    assertThat(saved(42)).isEqualTo(once);
    assertThat(saved(43)).isNotEqualTo(once);
  }

  private static byte[] saved(long seed) throws Exception {
    TwoTowerHybridTest other = new TwoTowerHybridTest();
    try (FittedModel model = other.fit(DATA, seed, "epochs=2")) {
      model.save(other.files);
    }
    return other.files.contents.get("parameters.avro");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scoring=dot", "scoring=cosine"})
  void aSavedModelScoresAsBeforeAndLeavesNoCheckpoint(String scoring) throws Exception {
    try (FittedModel model = fit(DATA, 42, "epochs=2", scoring)) {
      assertThat(files.list("checkpoints")).isNotEmpty();
      model.save(files);
      assertThat(files.contents).containsOnlyKeys("parameters.avro");
      try (FittedModel loaded = PROVIDER.load(artifact(scoring), files)) {
        assertThat(loaded.score(ASKED).values()).isEqualTo(model.score(ASKED).values());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scoring=dot", "scoring=cosine"})
  void theProductOfTheEmbeddingsIsTheScore(String scoring) throws Exception {
    try (FittedModel model = fit(DATA, 42, "epochs=2", scoring)) {
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
  void anUnknownUserScoresAllItemsZero() throws Exception {
    try (FittedModel model = fit(DATA, 42, "epochs=1")) {
      assertThat(model.score(ASKED).row(1)).containsOnly(0);
      assertThat(model.score(List.of()).rows()).isZero();
      assertThat(model.score(List.of()).columns()).isEqualTo(20);
    }
  }

  @Test
  void itemsThatWereNotInTrainingGetVectorsByTheSameTower() throws Exception {
    try (FittedModel model = fit(DATA, 42, "epochs=1", "scoring=cosine")) {
      FittedModel.Embeddings embeddings = model.embeddings().orElseThrow();
      FloatMatrix encoded = embeddings.itemsOf(DATA.itemFeatures()).orElseThrow();
      assertThat(encoded.values()).isEqualTo(embeddings.items().values());
      assertThat(embeddings.itemsOf(new FloatMatrix(0, 0, new float[0])).orElseThrow().rows())
          .isZero();
    }
  }

  @Test
  void nothingToTrainOnIsSaid() {
    MemoryData empty =
        new MemoryData(
            new InteractionMatrix(0, 0, new int[1], new int[0]),
            new FloatMatrix(0, 4, new float[0]));
    assertThatThrownBy(() -> fit(empty, 42))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there are no interactions to train on");
  }

  @Test
  void aLossThatIsNoNumberIsSaidWithItsPlace() {
    FloatMatrix broken = new FloatMatrix(20, 1, new float[20]);
    broken.values()[3] = Float.NaN;
    assertThatThrownBy(() -> fit(new MemoryData(DATA.interactions(), broken), 42, "epochs=1"))
        .isInstanceOf(ModelFitException.class)
        .hasMessageContaining("is NaN in epoch 1, batch 1");
  }

  @Test
  void aRequiredGpuThatIsNotThereIsSaidBeforeAnythingElse() {
    assumeTrue(Torch.engine().getGpuCount() == 0, "there is a GPU here");
    FitContext context =
        new FitContext("m", 1, DeviceChoice.AUTO, true, 1, files, TrainingProgress.SILENT);
    assertThatThrownBy(() -> PROVIDER.fit(null, parameters(), context))
        .isInstanceOf(ModelFitException.class)
        .hasMessageContaining("a GPU is required");
  }

  private FittedModel fit(MemoryData data, long seed, String... settings)
      throws IOException, ModelFitException {
    TrainingProgress progress =
        new TrainingProgress() {
          @Override
          public void finishedEpoch(EpochReport report) {
            reports.add(report);
          }
        };
    return PROVIDER.fit(
        data,
        parameters(settings),
        new FitContext("two-tower", seed, DeviceChoice.CPU, false, 1, files, progress));
  }

  static ParameterValues parameters(String... settings) {
    Map<String, String> given = new TreeMap<>();
    for (String setting : settings) {
      given.put(setting.split("=")[0], setting.split("=")[1]);
    }
    return ParameterValues.of(PROVIDER.parameters(), given);
  }

  private static ModelArtifact artifact(String... settings) {
    return new ModelArtifact(
        "two-tower",
        PROVIDER.name(),
        "",
        parameters(settings).asMap(),
        42L,
        new TrainingInfo(0.0, 0, 0.0));
  }
}
