package io.towerbeam.ml.models.factors;

import io.towerbeam.ml.data.InteractionMatrix;
import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.DamagedFileException;
import io.towerbeam.ml.models.training.Float64;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The iterations of {@link Als}, from the newest checkpoint on if there is one. A checkpoint holds
 * both sides' vectors in full precision, so that a fit that was interrupted ends in the same bits.
 * There is none of more than some 170 million coordinates, which a file of 2 GiB does not hold.
 *
 * @param factors the vectors after {@code iteration} iterations; changed as it goes on
 */
record AlsStage(int iteration, AlsFactors factors) {
  private static final Logger LOG = LoggerFactory.getLogger(AlsStage.class);
  private static final String ITERATION = "iteration";
  private static final String USERS = "users";
  private static final String ITEMS = "items";

  /** What a file has beside the vectors is far less. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1 << 20);

  /** The vectors after all iterations. */
  static AlsFactors fit(
      InteractionMatrix positives,
      AlsSettings settings,
      FitContext context,
      Checkpoints checkpoints)
      throws IOException {
    int users = positives.userCount() * settings.factors();
    int items = positives.itemCount() * settings.factors();
    AlsStage begun =
        checkpoints
            .newest(file -> of(file, settings, users, items))
            .orElseGet(() -> new AlsStage(0, start(positives, settings, context.seed())));
    if (begun.iteration > 0) {
      LOG.info(
          "{} goes on after step {} of {}",
          context.model(),
          begun.iteration,
          settings.iterations());
    }
    begun.finish(positives, checkpoints);
    return begun.factors;
  }

  private static AlsFactors start(InteractionMatrix positives, AlsSettings settings, long seed) {
    return AlsFactors.start(positives.userCount(), positives.itemCount(), settings, seed);
  }

  private void finish(InteractionMatrix positives, Checkpoints checkpoints) throws IOException {
    InteractionMatrix byItem = positives.transposed();
    int iterations = factors.settings().iterations();
    for (int done = iteration + 1; done <= iterations; done++) {
      factors.solveUsers(positives);
      factors.solveItems(byItem);
      if (done < iterations && checkpoints.isDue() && fitsInAFile()) {
        checkpoints.write(done, new AlsStage(done, factors).toFile());
      }
    }
  }

  private boolean fitsInAFile() {
    long values = (long) factors.users().length + factors.items().length;
    return values * Float64.bytesPerValue() <= MOST_BYTES;
  }

  private TensorFile toFile() {
    return new TensorFile(
        List.of(Float64.toArray(USERS, factors.users()), Float64.toArray(ITEMS, factors.items())),
        Map.of(ITERATION, Integer.toString(iteration)));
  }

  private static AlsStage of(TensorFile file, AlsSettings settings, int users, int items)
      throws DamagedFileException {
    try {
      return new AlsStage(
          Integer.parseInt(file.properties().get(ITERATION)),
          new AlsFactors(
              settings,
              Float64.ofArray(file.array(USERS), users),
              Float64.ofArray(file.array(ITEMS), items)));
    } catch (NumberFormatException e) {
      throw new DamagedFileException("without its place in the training", e);
    }
  }
}
