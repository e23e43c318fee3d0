package io.towerbeam.ml.models;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.training.NamedArray;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A model that scores an item the same for every user.
 *
 * @param scores (I) float32; not copied, so do not write to them
 * @param masksHistory whether a user's own items are left out of the user's list
 */
public record ItemScores(float[] scores, boolean masksHistory) implements FittedModel {
  private static final String SCORES = "scores";
  private static final String FILE = "parameters.avro";

  /** The scores that {@link #save} wrote. */
  public static ItemScores load(ModelFiles files, boolean masksHistory) throws IOException {
    try (InputStream in = files.open(FILE)) {
      return new ItemScores(TensorFile.readFrom(in).array(SCORES).values(), masksHistory);
    }
  }

  @Override
  public boolean knows(UserHistory user) {
    return true;
  }

  @Override
  public FloatMatrix score(List<UserHistory> users) {
    float[] rows = new float[Math.multiplyExact(users.size(), scores.length)];
    for (int user = 0; user < users.size(); user++) {
      System.arraycopy(scores, 0, rows, user * scores.length, scores.length);
    }
    return new FloatMatrix(users.size(), scores.length, rows);
  }

  @Override
  public void save(ModelFiles files) throws IOException {
    NamedArray array = new NamedArray(SCORES, new long[] {scores.length}, scores);
    files.write(FILE, new TensorFile(List.of(array), Map.of())::writeTo);
  }
}
