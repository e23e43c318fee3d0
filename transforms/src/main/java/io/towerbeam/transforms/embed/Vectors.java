package io.towerbeam.transforms.embed;

import io.towerbeam.schemas.Embedding;
import io.towerbeam.schemas.ModelArtifact;
import java.util.ArrayList;
import java.util.List;

/** Vectors as records. */
final class Vectors {
  private Vectors() {}

  static Embedding embedding(String id, ModelArtifact model, float[] vector) {
    List<Float> values = new ArrayList<>(vector.length);
    for (float coordinate : vector) {
      values.add(coordinate);
    }
    return new Embedding(id, model.getModel(), values);
  }
}
