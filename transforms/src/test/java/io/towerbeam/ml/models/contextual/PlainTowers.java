package io.towerbeam.ml.models.contextual;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.models.contextual.CausalExamples.Example;
import io.towerbeam.ml.models.training.NamedArray;
import java.util.List;

/** The towers in plain arithmetic, float64. */
final class PlainTowers {
  private PlainTowers() {}

  /**
   * The user's vector: the bag of all rows of the history at length 1, and the context's vector.
   */
  static double[] user(
      List<NamedArray> learnt,
      FloatMatrix content,
      int[] items,
      long[] times,
      Example example,
      double recencySeconds) {
    int[] history = example.history();
    long last = times[history[history.length - 1]];
    NamedArray table = find(learnt, "history_table");
    int dim = (int) table.shape()[1];
    double[] bag = new double[dim];
    for (int row : history) {
      double[] vector = dense(learnt, "history_content", content.row(items[row]));
      double weight = Math.exp(-(last - times[row]) / recencySeconds);
      for (int d = 0; d < dim; d++) {
        bag[d] += weight * (table.values()[items[row] * dim + d] + vector[d]);
      }
    }
    double norm = Math.sqrt(dot(bag, bag));
    float[] contexts = find(learnt, "context_vectors").values();
    for (int d = 0; d < dim; d++) {
      bag[d] = bag[d] / norm + contexts[example.context().ordinal() * dim + d];
    }
    return bag;
  }

  static double score(
      List<NamedArray> learnt, FloatMatrix content, double[] user, int item, int context) {
    double[] hidden = dense(learnt, "item_content.0", content.row(item));
    float[] active = new float[hidden.length];
    for (int h = 0; h < hidden.length; h++) {
      active[h] = (float) Math.max(0, hidden[h]);
    }
    double[] vector = dense(learnt, "item_content.1", active);
    double score = find(learnt, "item_bias").values()[item * ContextBucket.COUNT + context];
    for (int d = 0; d < user.length; d++) {
      score += user[d] * (find(learnt, "item_table").values()[item * user.length + d] + vector[d]);
    }
    for (int f = 0; f < content.columns(); f++) {
      score +=
          content.row(item)[f]
              * find(learnt, "context_content").values()[context * content.columns() + f];
    }
    return score;
  }

  private static double[] dense(List<NamedArray> learnt, String layer, float[] input) {
    float[] weights = find(learnt, layer + ".weight").values();
    double[] output = new double[find(learnt, layer + ".bias").values().length];
    for (int o = 0; o < output.length; o++) {
      output[o] = find(learnt, layer + ".bias").values()[o];
      for (int i = 0; i < input.length; i++) {
        output[o] += (double) weights[o * input.length + i] * input[i];
      }
    }
    return output;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static NamedArray find(List<NamedArray> arrays, String name) {
    return arrays.stream().filter(array -> array.name().equals(name)).findFirst().orElseThrow();
  }
}
