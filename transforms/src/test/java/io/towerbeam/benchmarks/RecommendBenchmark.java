package io.towerbeam.benchmarks;

import io.towerbeam.ml.data.FloatMatrix;
import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.data.UserHistory;
import io.towerbeam.ml.models.FittedModel;
import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.TopKLists;
import io.towerbeam.ml.models.VectorScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * All scores of all 5,392 users, products of 32 coordinates, and each user's ten best of the items
 * that the user has not taken, best first: what {@code recommend} does with a two-tower.
 */
@State(Scope.Thread)
public class RecommendBenchmark {
  private final List<UserHistory> users = new ArrayList<>();
  private final TopKLists lists = new TopKLists(Shapes.K, new float[Shapes.ITEMS]);
  private Products model;

  @Setup
  public void open() {
    InteractionMatrix taken = Shapes.interactions();
    for (int user = 0; user < Shapes.USERS; user++) {
      int[] items =
          Arrays.copyOfRange(taken.items(), taken.offsets()[user], taken.offsets()[user + 1]);
      users.add(new UserHistory(user, items, new long[items.length], new float[items.length]));
    }
    model =
        new Products(
            Shapes.gaussians(Shapes.USERS, Shapes.DIM),
            new VectorScorer(Shapes.gaussians(Shapes.ITEMS, Shapes.DIM)));
  }

  @Benchmark
  public void tenBestOfAllUsers(Blackhole taken) {
    lists.forEach(model, users, (user, items, scores) -> taken.consume(items));
  }

  @TearDown
  public void close() {
    model.close();
  }

  /** Vectors that were not learnt. */
  private record Products(FloatMatrix users, VectorScorer scorer) implements FittedModel {
    @Override
    public FloatMatrix score(List<UserHistory> histories) {
      float[] vectors = new float[histories.size() * users.columns()];
      for (int row = 0; row < histories.size(); row++) {
        int from = histories.get(row).userIndex() * users.columns();
        System.arraycopy(users.values(), from, vectors, row * users.columns(), users.columns());
      }
      return scorer.score(new FloatMatrix(histories.size(), users.columns(), vectors));
    }

    @Override
    public void save(ModelFiles files) {
      throw new UnsupportedOperationException("a benchmark's model is not kept");
    }

    @Override
    public void close() {
      scorer.close();
    }
  }
}
