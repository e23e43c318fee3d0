package io.towerbeam.transforms.evaluate;

import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.InteractionBlock;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The split that lists are judged on.
 *
 * @param test the test rows; a user's test items are a set, repeats count once. Of {@link
 *     #ofExcluded} such that were excluded
 * @param excluded rows after the threshold that the split excluded, each block for one reason
 * @param train the train rows, which tell how active a user was
 * @param itemCounts train interactions by item, which tell how popular an item is
 * @param dataset its size; the number of items is the divisor of coverage
 */
public record JudgedSplit(
    PCollection<InteractionBlock> test,
    Optional<PCollection<InteractionBlock>> excluded,
    PCollection<InteractionBlock> train,
    PCollectionView<Map<String, Long>> itemCounts,
    PCollectionView<DatasetInfo> dataset) {

  /** A split of which the test users alone are judged. */
  public static JudgedSplit of(
      PCollection<InteractionBlock> test,
      PCollection<InteractionBlock> train,
      PCollectionView<Map<String, Long>> itemCounts,
      PCollectionView<DatasetInfo> dataset) {
    return new JudgedSplit(test, Optional.empty(), train, itemCounts, dataset);
  }

  /**
   * A split of which excluded rows alone are judged, each in the segment of its reason. A model
   * without lists for all users of a segment has no row there.
   */
  public static JudgedSplit ofExcluded(
      PCollection<InteractionBlock> rows,
      PCollection<InteractionBlock> train,
      PCollectionView<Map<String, Long>> itemCounts,
      PCollectionView<DatasetInfo> dataset) {
    return of(rows, train, itemCounts, dataset);
  }

  /**
   * Judges the users of excluded rows too, by these rows, in a segment of the reason. Lists for
   * these users are welcome, not required; a model without lists for all users of a segment has no
   * row there.
   */
  public JudgedSplit withExcluded(PCollection<InteractionBlock> rows) {
    return new JudgedSplit(test, Optional.of(rows), train, itemCounts, dataset);
  }

  /** All rows that lists are judged by. */
  PCollection<InteractionBlock> judged() {
    return excluded
        .map(
            rows ->
                PCollectionList.of(test).and(rows).apply("TestAndExcluded", Flatten.pCollections()))
        .orElse(test);
  }
}
