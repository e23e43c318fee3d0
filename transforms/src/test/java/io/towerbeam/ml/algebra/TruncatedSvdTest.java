package io.towerbeam.ml.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

class TruncatedSvdTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void theDirectionsOfADiagonalMatrixAreItsAxes() {
    TruncatedSvd svd = TruncatedSvd.fit(dense(new double[][] {{3, 0}, {0, -5}}), 2, 2);
    assertThat(svd.singularValues()).containsExactly(new double[] {5, 3}, CLOSE);
    assertThat(svd.components()).containsExactly(new double[] {0, 1, 1, 0}, CLOSE);
  }

  @Test
  void aTwoByTwoMatrixAsWorkedByHand() {
    // AᵀA = [[25, 20], [20, 25]]: λ = 45 along (1, 1) / √2, 5 along (1, −1) / √2
    TruncatedSvd svd = TruncatedSvd.fit(dense(new double[][] {{3, 0}, {4, 5}}), 2, 2);
    double half = Math.sqrt(.5);
    assertThat(svd.singularValues())
        .containsExactly(new double[] {Math.sqrt(45), Math.sqrt(5)}, CLOSE);
    assertThat(magnitudes(svd.components()))
        .containsExactly(new double[] {half, half, half, half}, CLOSE);
    assertThat(svd.project(sparse(1, 1))[0]).isCloseTo(Math.sqrt(2), CLOSE);
    assertThat(svd.project(sparse(1, 1))[1]).isCloseTo(0, CLOSE);
  }

  @Test
  void singularValuesThatLieCloseTogetherAreToldApart() {
    List<SparseVector> rows = random(150, 120);
    double[] exact = exactSingularValues(rows, 120);
    TruncatedSvd svd = TruncatedSvd.fit(rows, 120, 16);
    assertThat(exact[16]).as("the first one left out is near").isGreaterThan(.95 * exact[15]);
    for (int c = 0; c < 16; c++) {
      assertThat(svd.singularValues()[c]).isCloseTo(exact[c], within(1e-8));
    }
  }

  @Test
  void theGreatestEntryOfAComponentIsPositive() {
    double[] components = TruncatedSvd.fit(random(40, 30), 30, 5).components();
    for (int c = 0; c < 5; c++) {
      double greatest =
          IntStream.range(c * 30, c * 30 + 30)
              .mapToDouble(i -> components[i])
              .reduce((a, b) -> Math.abs(b) > Math.abs(a) ? b : a)
              .orElseThrow();
      assertThat(greatest).isPositive();
    }
  }

  @Test
  void aMatrixOfLowerRankHasComponentsOfZeros() {
    List<SparseVector> rows = dense(new double[][] {{1, 2, 2}, {2, 4, 4}, {0, 0, 0}});
    TruncatedSvd svd = TruncatedSvd.fit(rows, 3, 2);
    assertThat(svd.singularValues()).containsExactly(new double[] {3 * Math.sqrt(5), 0}, CLOSE);
    assertThat(svd.components())
        .containsExactly(new double[] {1 / 3.0, 2 / 3.0, 2 / 3.0, 0, 0, 0}, CLOSE);
    assertThat(svd.project(rows.get(1))).containsExactly(new double[] {6, 0}, CLOSE);
  }

  @Test
  void moreComponentsThanColumnsAreFilledWithZeros() {
    TruncatedSvd svd = TruncatedSvd.fit(List.of(sparse(2)), 1, 3);
    assertThat(svd.singularValues()).containsExactly(new double[] {2, 0, 0}, CLOSE);
    assertThat(svd.components()).containsExactly(new double[] {1, 0, 0}, CLOSE);
  }

  @Test
  void noRowsNoColumnsOrNothingButZerosGiveZeros() {
    assertThat(TruncatedSvd.fit(List.of(), 2, 2).components()).containsExactly(0, 0, 0, 0);
    assertThat(TruncatedSvd.fit(List.of(sparse()), 0, 2).project(sparse())).containsExactly(0, 0);
    assertThat(TruncatedSvd.fit(List.of(sparse(0, 0)), 2, 2).singularValues())
        .containsExactly(0, 0);
  }

  @Test
  void theSameRowsGiveTheSameBits() {
    List<SparseVector> rows = random(60, 50);
    assertThat(TruncatedSvd.fit(rows, 50, 8).components())
        .containsExactly(TruncatedSvd.fit(rows, 50, 8).components());
  }

  @Test
  void aSavedDecompositionProjectsAsTheFittedOne() {
    List<SparseVector> rows = random(20, 10);
    TruncatedSvd fitted = TruncatedSvd.fit(rows, 10, 4);
    TruncatedSvd saved = TruncatedSvd.of(fitted.components(), 10, fitted.singularValues());
    assertThat(saved.project(rows.get(0))).containsExactly(fitted.project(rows.get(0)));
  }

  @Test
  void savedComponentsMustFitTheColumns() {
    assertThatThrownBy(() -> TruncatedSvd.of(new double[5], 3, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 values do not make 2 components of 3 columns");
  }

  private static double[] exactSingularValues(List<SparseVector> rows, int columns) {
    DMatrixRMaj matrix = new DMatrixRMaj(rows.size(), columns);
    for (int r = 0; r < rows.size(); r++) {
      SparseVector row = rows.get(r);
      for (int i = 0; i < row.size(); i++) {
        matrix.set(r, row.indexes()[i], row.values()[i]);
      }
    }
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(rows.size(), columns, false, false, true);
    assertThat(svd.decompose(matrix)).isTrue();
    double[] values = svd.getSingularValues();
    SingularOps_DDRM.descendingOrder(null, false, values, columns, null, false);
    return values;
  }

  private static List<SparseVector> random(int rows, int columns) {
    Random random = new Random(7);
    List<SparseVector> matrix = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      int[] places = random.ints(0, columns).distinct().limit(5).sorted().toArray();
      matrix.add(new SparseVector(places, random.doubles(5).toArray()));
    }
    return matrix;
  }

  private static List<SparseVector> dense(double[][] rows) {
    return Arrays.stream(rows).map(TruncatedSvdTest::sparse).toList();
  }

  private static SparseVector sparse(double... values) {
    return new SparseVector(IntStream.range(0, values.length).toArray(), values);
  }

  private static double[] magnitudes(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
