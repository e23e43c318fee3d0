package io.towerbeam.ml.models.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a training needs to go on.
 *
 * @param state how far it is
 * @param parameters what it has learnt
 * @param moments what its optimiser remembers
 */
record Checkpoint(TrainingState state, List<NamedArray> parameters, List<NamedArray> moments) {
  private static final String FINGERPRINT = "fingerprint";

  /** A file of this checkpoint, of the training that {@code fingerprint} stands for. */
  TensorFile toFile(String fingerprint) {
    Map<String, String> properties = new TreeMap<>(state.toProperties());
    properties.put(FINGERPRINT, fingerprint);
    List<NamedArray> arrays = new ArrayList<>(parameters);
    arrays.addAll(moments);
    return new TensorFile(arrays, properties);
  }

  /**
   * The checkpoint in {@code file}.
   *
   * @throws DamagedFileException if it is of another training, or of none
   */
  static Checkpoint of(TensorFile file, String fingerprint) throws DamagedFileException {
    if (!fingerprint.equals(file.properties().get(FINGERPRINT))) {
      throw new DamagedFileException("of a training with other data, parameters or seed");
    }
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
