package io.towerbeam.ml.models.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.testing.MemoryData;
import io.towerbeam.ml.models.testing.MemoryFiles;
import io.towerbeam.ml.models.training.DamagedFileException;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparseItemModelTest {
  @Test
  void aScoreIsTheSumOfTheRowsOfTheDifferentItems() throws Exception {
    FloatMatrix scores =
        new SparseItemModel(rows())
            .score(
                List.of(
                    MemoryData.stranger(2, 0, 2), MemoryData.stranger(1), MemoryData.stranger()));
    assertThat(scores.rows()).isEqualTo(3);
    assertThat(scores.values()).containsExactly(.5f, 2, 3, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void transposedRowsAreColumns() throws Exception {
    SparseRows transposed = rows().transposed();
    assertThat(transposed.offsets()).containsExactly(0, 1, 2, 3);
    assertThat(transposed.columns()).containsExactly(2, 0, 0);
    assertThat(transposed.values()).containsExactly(.5f, 2, 3);
  }

  @Test
  void moreThanAFileHoldsIsRefused() {
    assertThatThrownBy(() -> ModelArrays.requireRoom(300_000_000, 10))
        .isInstanceOf(ModelFitException.class)
        .hasMessageContaining("300000000 values");
    assertThatThrownBy(() -> ModelArrays.requireRoom(10, 1 << 24))
        .isInstanceOf(ModelFitException.class);
  }

  @Test
  void aFileWhoseNumbersDoNotFitIsDamaged() throws Exception {
    assertDamaged(new float[] {1, 1}, new float[] {0, 2}, "the index 2, not below 2");
    assertDamaged(new float[] {1, 1}, new float[] {0, -1}, "the index -1");
    assertDamaged(new float[] {1, 2}, new float[] {0, 1}, "a row of 2");
    assertDamaged(new float[] {1, -1}, new float[] {0, 1}, "a row of -1");
    assertDamaged(new float[] {1, 0}, new float[] {0, 1}, "do not add up to 2 values");
  }

  private static void assertDamaged(float[] lengths, float[] columns, String message)
      throws Exception {
    ModelFiles files = new MemoryFiles();
    List<NamedArray> arrays =
        List.of(
            new NamedArray("row_lengths", new long[] {2}, lengths),
            new NamedArray("columns", new long[] {2}, columns),
            new NamedArray("values", new long[] {2}, new float[2]));
    files.write("parameters.avro", new TensorFile(arrays, Map.of())::writeTo);
    assertThatThrownBy(() -> SparseItemModel.load(files))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(message);
  }

  /** 0 2 3 / 0 0 0 / ½ 0 0. */
  private static SparseRows rows() throws ModelFitException {
    SparseRows.Builder rows = new SparseRows.Builder(3, 3);
    rows.append(new double[] {9, 2, 3}, new int[] {1, 2});
    rows.append(new double[3], new int[0]);
    rows.append(new double[] {.5, 0, 0}, new int[] {0});
    return rows.build();
  }
}
