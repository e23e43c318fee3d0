package io.towerbeam.ml.models.training;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a training needs to go on.
 *
 * @param state how far it is
 * @param parameters what it has learnt
 * @param moments what its optimiser remembers
 */
record Checkpoint(TrainingState state, List<NamedArray> parameters, List<NamedArray> moments) {

  /** A file of this checkpoint. */
  TensorFile toFile() {
    List<NamedArray> arrays = new ArrayList<>(parameters);
    arrays.addAll(moments);
    return new TensorFile(arrays, state.toProperties());
  }

  /**
   * The checkpoint in {@code file}.
   *
   * @throws DamagedFileException if there is none in it
   */
  static Checkpoint of(TensorFile file) throws DamagedFileException {
    List<NamedArray> parameters = new ArrayList<>();
    List<NamedArray> moments = new ArrayList<>();
    for (NamedArray array : file.arrays()) {
      (AdamOptimizer.isMoment(array.name()) ? moments : parameters).add(array);
    }
    if (parameters.isEmpty() || moments.size() != 2) {
      throw new DamagedFileException("of only a part of the arrays");
    }
    try {
      return new Checkpoint(TrainingState.of(file.properties()), parameters, moments);
    } catch (NumberFormatException e) {
      throw new DamagedFileException("without its place in the training", e);
    }
  }
}
