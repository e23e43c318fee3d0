package io.towerbeam.ml.models.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.ml.models.testing.MemoryData;
import org.junit.jupiter.api.Test;

class CoOccurrencesTest {
  @Test
  void aPairHasTheWeightsOfTheUsersWithBoth() throws Exception {
    MemoryData data =
        MemoryData.ofRows(4, new int[] {0, 1}, new int[] {2, 1, 0, 1}, new int[] {1, 2});
    CoOccurrences shared = new CoOccurrences(Binary.matrix(data));
    double[] weights = {1, 10, 100};
    double[][] expected = {{11, 11, 10, 0}, {11, 111, 110, 0}, {10, 110, 110, 0}, {0, 0, 0, 0}};
    for (int item = 0; item < 4; item++) {
      double[] row = new double[4];
      shared.addRow(item, weights, row);
      assertThat(row).isEqualTo(expected[item]);
    }
  }

  @Test
  void aRowIsAddedToWhatIsThere() throws Exception {
    double[] row = {5, 5};
    new CoOccurrences(Binary.matrix(MemoryData.ofRows(2, new int[] {1})))
        .addRow(1, new double[] {1}, row);
    assertThat(row).containsExactly(5, 6);
  }
}
