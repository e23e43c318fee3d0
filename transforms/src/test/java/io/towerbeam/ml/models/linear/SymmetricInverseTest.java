package io.towerbeam.ml.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.towerbeam.ml.models.training.Torch;
import io.towerbeam.ml.random.CounterRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricInverseTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 128, 129, 257, 515})
  void timesTheMatrixItIsOneAndItIsTheGeneralInverse(int size) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray matrix = positiveDefinite(manager, size);
      NDArray inverse = matrix.duplicate();
      SymmetricInverse.invert(inverse);
      double[] expected = matrix.inverse().toDoubleArray();
      double[] product = matrix.matMul(inverse).toDoubleArray();
      double[] values = inverse.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isCloseTo(expected[i], within(1e-10));
        assertThat(product[i]).isCloseTo(i % (size + 1) == 0 ? 1 : 0, within(1e-10));
      }
    }
  }

  private static NDArray positiveDefinite(NDManager manager, int size) {
    CounterRandom random = CounterRandom.of(size);
    double[] values = new double[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    NDArray factor = manager.create(values, new Shape(size, size));
    double[] product = factor.transpose().matMul(factor).toDoubleArray();
    for (int i = 0; i < size; i++) {
      product[i * (size + 1)] += 1;
    }
    return manager.create(product, new Shape(size, size));
  }
}
