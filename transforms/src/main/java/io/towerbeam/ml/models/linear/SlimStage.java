package io.towerbeam.ml.models.linear;

import io.towerbeam.ml.models.FitContext;
import io.towerbeam.ml.models.ModelFitException;
import io.towerbeam.ml.models.sparse.Largest;
import io.towerbeam.ml.models.sparse.SparseRows;
import io.towerbeam.ml.models.training.Checkpoints;
import io.towerbeam.ml.models.training.DamagedFileException;
import io.towerbeam.ml.models.training.TensorFile;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items of {@link Slim}, whose weights are found one item after the other, from the newest
 * checkpoint on if there is one. A checkpoint holds the weights of the items that are done, as they
 * will stand in the model.
 *
 * @param frequent the items that take part
 * @param net finds the weights of one
 * @param neighbours how many of them are kept
 */
record SlimStage(FrequentItems frequent, NonNegativeElasticNet net, int neighbours) {
  private static final Logger LOG = LoggerFactory.getLogger(SlimStage.class);

  /** The weights: row i holds what having item i adds to the others. */
  SparseRows weights(FitContext context, Checkpoints checkpoints)
      throws IOException, ModelFitException {
    int items = frequent.positions().length;
    SparseRows done = checkpoints.newest(file -> of(file, items)).orElse(null);
    SparseRows.Builder columns = new SparseRows.Builder(items, items);
    int first = 0;
    if (done != null) {
      columns.appendAll(done);
      first = done.rowCount();
      LOG.info("{} goes on after step {} of {}", context.model(), first, items);
    }
    for (int item = first; item < items; item++) {
      double[] column = column(item);
      columns.append(column, Largest.positions(column, neighbours));
      if (item + 1 < items && checkpoints.isDue()) {
        checkpoints.write(item + 1L, new TensorFile(columns.build().arrays(), Map.of()));
      }
    }
    return columns.build().transposed();
  }

  private double[] column(int item) {
    int position = frequent.positions()[item];
    return position < 0
        ? new double[frequent.positions().length]
        : frequent.spread(net.fit(position));
  }

  /** The weights of the items that a checkpoint has. */
  private static SparseRows of(TensorFile file, int items) throws DamagedFileException {
    SparseRows rows = SparseRows.of(file, items);
    if (rows.rowCount() > items) {
      throw new DamagedFileException("of %d items, not %d".formatted(rows.rowCount(), items));
    }
    return rows;
  }
}
