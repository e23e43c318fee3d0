package io.towerbeam.ml.models.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.testing.MemoryData;
import org.junit.jupiter.api.Test;

class BinaryTest {
  private static final MemoryData DATA =
      MemoryData.ofRows(4, new int[] {2, 0, 2}, new int[0], new int[] {3, 2});

  @Test
  void aRepeatCountsOnceAndRowsAscend() throws Exception {
    InteractionMatrix matrix = Binary.matrix(DATA);
    assertThat(matrix.offsets()).containsExactly(0, 2, 2, 4);
    assertThat(matrix.items()).containsExactly(0, 2, 2, 3);
    assertThat(Binary.items(MemoryData.stranger(5, 1, 5, 0))).containsExactly(0, 1, 5);
  }

  @Test
  void withoutInteractionsThereIsNothingToFit() {
    assertThatThrownBy(() -> Binary.matrix(MemoryData.ofRows(3, new int[0])))
        .isInstanceOf(ModelFitException.class)
        .hasMessage("there are no interactions to train on");
  }
}
