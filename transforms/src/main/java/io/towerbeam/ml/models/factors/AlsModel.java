package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Fitted vectors of users and items. A user in training has the fitted vector; one who is not has
 * the exact solution of the same least squares for the history, with the items fixed; one without
 * either has the zero vector and is not known. Safe for use by many threads.
 */
final class AlsModel extends FactorModel {
  private static final String USER_VECTORS = "user_vectors";
  private static final String ITEM_VECTORS = "item_vectors";

  /** A pivot of Cholesky's below this part of the greatest is what rounding left of a zero. */
  private static final double NEGLIGIBLE_PIVOT = 1e-7;

  private final FloatMatrix users;
  private final double confidence;
  private final DMatrixRMaj shared; // (F, F), YᵀY + λI

  AlsModel(FloatMatrix users, FloatMatrix items, AlsSettings settings) {
    super(items);
    this.users = users;
    confidence = settings.confidence();
    double[] fixed = new double[items.values().length];
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = items.values()[i];
    }
    shared = NormalEquations.shared(fixed, items.columns(), settings.regularization());
  }

  static AlsModel load(ModelFiles files, AlsSettings settings) throws IOException {
    TensorFile file = open(files);
    return new AlsModel(
        toMatrix(file.array(USER_VECTORS)), toMatrix(file.array(ITEM_VECTORS)), settings);
  }

  @Override
  List<NamedArray> arrays() {
    return List.of(toArray(USER_VECTORS, users), toArray(ITEM_VECTORS, items()));
  }

  @Override
  public boolean knows(UserHistory user) {
    return isFitted(user) || user.items().length > 0;
  }

  private boolean isFitted(UserHistory user) {
    return user.userIndex() >= 0 && user.userIndex() < users.rows();
  }

  @Override
  float[] vectorOf(UserHistory user) {
    return isFitted(user) ? users.row(user.userIndex()) : solve(user.items());
  }

  /** The solution of A·x = b, see {@link NormalEquations}, for the distinct {@code history}. */
  private float[] solve(int[] history) {
    int factors = items().columns();
    DMatrixRMaj a = shared.copy();
    DMatrixRMaj b = new DMatrixRMaj(factors, 1);
    for (int item : Arrays.stream(history).sorted().distinct().toArray()) {
      float[] y = items().row(item);
      for (int f = 0; f < factors; f++) {
        b.data[f] += confidence * y[f];
        for (int g = 0; g < factors; g++) {
          a.data[f * factors + g] += (confidence - 1) * y[f] * y[g];
        }
      }
    }
    DMatrixRMaj x = new DMatrixRMaj(factors, 1);
    if (!CommonOps_DDRM.solveSPD(a, b, x)) {
      throw new IllegalStateException(
          "no solution for a history of %d items, though the item vectors were found regular"
              .formatted(history.length));
    }
    return rounded(factors, 1, x.data).values();
  }

  /** Why these vectors are of no use, if they are not. */
  Optional<String> fault() {
    if (!isFinite(users) || !isFinite(items())) {
      return Optional.of("a vector is not finite: give more regularization or a smaller alpha");
    }
    // A of any history is at least min(1, c) times this.
    return isRegular(shared.copy())
        ? Optional.empty()
        : Optional.of(
            "the item vectors span too little: give more regularization or fewer factors");
  }

  private static boolean isFinite(FloatMatrix matrix) {
    for (float value : matrix.values()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRegular(DMatrixRMaj square) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
        DecompositionFactory_DDRM.chol(square.numRows, true);
    if (!cholesky.decompose(square)) {
      return false;
    }
    DMatrixRMaj pivots = new DMatrixRMaj(square.numRows, 1);
    CommonOps_DDRM.extractDiag(cholesky.getT(null), pivots);
    return CommonOps_DDRM.elementMin(pivots) > NEGLIGIBLE_PIVOT * CommonOps_DDRM.elementMax(pivots);
  }
}
