package io.towerbeam.ml.models.ncf;

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
import io.towerbeam.ml.models.ParameterValues;
import io.towerbeam.ml.models.RankingModelProvider;
import io.towerbeam.ml.models.RankingModels;
import io.towerbeam.ml.models.TrainingProgress;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import io.towerbeam.schemas.ModelArtifact;
import io.towerbeam.schemas.TrainingInfo;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeuralCollaborativeFilteringTest {
  private static final MemoryData DATA = MemoryData.twoTastes(40, 20, 10);
  private static final List<UserHistory> ASKED =
      List.of(UserHistory.empty(0), UserHistory.empty(-1), UserHistory.empty(39));

  private final MemoryFiles files = new MemoryFiles();
  private final Killer progress = new Killer();

  /** Throws when a step is reached. */
  private static final class Killer implements TrainingProgress {
    private long killAt = Long.MAX_VALUE;
    private long startedAt = -1;

    @Override
    public void started(String model, long step, long steps) {
      startedAt = step;
    }

    @Override
    public void stepped(long step, double meanLoss, double examplesPerSecond) {
      if (step == killAt) {
        throw new IllegalStateException("killed");
      }
    }
  }

  @Test
  void bothAreFoundByTheirNames() {
    assertThat(RankingModels.onClassPath().get("ncf-bpr")).isInstanceOf(NcfBpr.class);
    assertThat(RankingModels.onClassPath().get("ncf-bce")).isInstanceOf(NcfBce.class);
  }

  @ParameterizedTest
  @CsvSource({"ncf-bce, epochs=120", "ncf-bpr, epochs=120", "ncf-bpr, loss=bpr"})
  void eightExamplesAreLearntByHeart(String model, String setting) throws Exception {
    int[] offsets = IntStream.rangeClosed(0, 8).toArray();
    int[] items = IntStream.range(0, 8).toArray();
    MemoryData eight =
        new MemoryData(
            new InteractionMatrix(8, 8, offsets, items), new FloatMatrix(8, 0, new float[0]));
    String[] settings = {
      "epochs=120", "learningRate=0.03", "weightDecay=0", "dropout=0", "negatives=16", setting
    };
    try (FittedModel fitted = fit(model, eight, 1, settings)) {
      for (int user = 0; user < 8; user++) {
        float[] scores = fitted.score(List.of(UserHistory.empty(user))).values();
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
    byte[] once = saved("ncf-bpr", 42);
    assertThat(saved("ncf-bpr", 42)).isEqualTo(once);
    assertThat(saved("ncf-bpr", 43)).isNotEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource({"3, 60, 0", "8, 60, 7", "5, 0, 4"})
  void aKilledTrainingEndsInTheSameBytes(long killAt, int checkpointSeconds, long goesOnAfter)
      throws Exception {
    String[] settings = {"epochs=3", "batchSize=64", "checkpointSeconds=" + checkpointSeconds};
    progress.killAt = killAt;
    assertThatThrownBy(() -> fit("ncf-bce", DATA, 42, settings)).hasMessage("killed");
    progress.killAt = Long.MAX_VALUE;
    try (FittedModel model = fit("ncf-bce", DATA, 42, settings)) {
      model.save(files);
    }
    assertThat(progress.startedAt).isEqualTo(goesOnAfter);
    assertThat(files.contents.get("parameters.avro")).isEqualTo(saved("ncf-bce", 42));
  }

  @Test
  void aCheckpointOfTheOtherLossIsNotResumed() throws Exception {
    fit("ncf-bpr", DATA, 42, "epochs=1").close();
    fit("ncf-bpr", DATA, 42, "epochs=1", "loss=bpr").close();
    assertThat(progress.startedAt).isZero();
    fit("ncf-bce", DATA, 42, "epochs=1").close();
    assertThat(progress.startedAt).isZero();
  }

  @Test
  void aSavedModelScoresAsBeforeAndLeavesNoCheckpoint() throws Exception {
    try (FittedModel model = fit("ncf-bpr", DATA, 42, "epochs=2")) {
      assertThat(files.list("checkpoints")).isNotEmpty();
      model.save(files);
      assertThat(files.contents).containsOnlyKeys("parameters.avro");
      try (FittedModel loaded = provider("ncf-bpr").load(artifact(), files)) {
        assertThat(loaded.score(ASKED).values()).isEqualTo(model.score(ASKED).values());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30_000})
  void scoresOfABatchAreThoseOfEachPairByItself(int items) throws Exception {
    MemoryData data = items == 20 ? DATA : MemoryData.twoTastes(5, items, 10);
    try (FittedModel model = fit("ncf-bce", data, 42, "epochs=5", "learningRate=0.1")) {
      model.save(files);
      PlainScore plain = new PlainScore(savedArrays("parameters.avro").arrays());
      List<UserHistory> asked = IntStream.range(0, 5).mapToObj(UserHistory::empty).toList();
      FloatMatrix scores = model.score(asked); // two users at a time, if there are 30,000 items
      assertThat(scores.rows()).isEqualTo(5);
      assertThat(scores.columns()).isEqualTo(items);
      for (int user = 0; user < 5; user++) {
        for (int item = 0; item < items; item += items / 20) {
          assertThat((double) scores.row(user)[item]).isCloseTo(plain.of(user, item), within(1e-5));
        }
      }
    }
  }

  @Test
  void anUnknownUserIsNotKnown() throws Exception {
    try (FittedModel model = fit("ncf-bpr", DATA, 42, "epochs=1")) {
      assertThat(model.knows(UserHistory.empty(-1))).isFalse();
      assertThat(model.knows(UserHistory.empty(0))).isTrue();
      assertThat(model.score(ASKED).rows()).isEqualTo(3);
      assertThat(model.score(List.of()).rows()).isZero();
      assertThat(model.score(List.of()).columns()).isEqualTo(20);
    }
  }

  @Test
  void nothingToTrainOnIsSaid() {
    MemoryData empty =
        new MemoryData(
            new InteractionMatrix(0, 0, new int[1], new int[0]),
            new FloatMatrix(0, 0, new float[0]));
    assertThatThrownBy(() -> fit("ncf-bce", empty, 42))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there are no interactions to train on");
  }

  @Test
  void aLossThatIsNoNumberIsSaidWithItsPlace() throws Exception {
    String[] settings = {"epochs=1", "batchSize=64", "checkpointSeconds=0"};
    progress.killAt = 3;
    assertThatThrownBy(() -> fit("ncf-bce", DATA, 42, settings)).hasMessage("killed");
    progress.killAt = Long.MAX_VALUE;
    breakWeights("checkpoints/" + files.list("checkpoints").get(1));
    assertThatThrownBy(() -> fit("ncf-bce", DATA, 42, settings))
        .isInstanceOf(ModelFitException.class)
        .hasMessageContaining("is NaN in epoch 1, batch 3");
  }

  /** Fills the arrays of a checkpoint with what is no number. */
  private void breakWeights(String path) throws Exception {
    TensorFile file = savedArrays(path);
    for (NamedArray array : file.arrays()) {
      Arrays.fill(array.values(), Float.NaN);
    }
    files.write(path, file::writeTo);
  }

  private TensorFile savedArrays(String path) throws Exception {
    try (InputStream in = files.open(path)) {
      return TensorFile.readFrom(in);
    }
  }

  private static byte[] saved(String model, long seed) throws Exception {
    NeuralCollaborativeFilteringTest other = new NeuralCollaborativeFilteringTest();
    try (FittedModel fitted = other.fit(model, DATA, seed, "epochs=3", "batchSize=64")) {
      fitted.save(other.files);
    }
    return other.files.contents.get("parameters.avro");
  }

  private FittedModel fit(String model, MemoryData data, long seed, String... settings)
      throws Exception {
    Map<String, String> given = new TreeMap<>();
    for (String setting : settings) {
      given.put(setting.split("=")[0], setting.split("=")[1]);
    }
    RankingModelProvider provider = provider(model);
    return provider.fit(
        data,
        ParameterValues.of(provider.parameters(), given),
        new FitContext(model, seed, DeviceChoice.CPU, false, 1, files, progress));
  }

  private static RankingModelProvider provider(String name) {
    return name.equals("ncf-bce") ? new NcfBce() : new NcfBpr();
  }

  private static ModelArtifact artifact() {
    return new ModelArtifact(
        "ncf-bpr", "ncf-bpr", "", new TreeMap<>(), 42L, new TrainingInfo(0.0, 0, 0.0));
  }
}
