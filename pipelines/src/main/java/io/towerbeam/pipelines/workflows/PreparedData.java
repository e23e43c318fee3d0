package io.towerbeam.pipelines.workflows;

import io.towerbeam.schemas.DataStatistics;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Item;
import io.towerbeam.transforms.write.RunFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What every workflow begins with: interactions split and indexed, items selected, both checked.
 *
 * @param run where its sides and index lie, and what is made of them is to lie
 * @param headline the split that it was made of
 * @param trainFiles the files of the train side, once they are written
 * @param hidden blocks of rows up to the split time that were kept from models: held-out items and
 *     left-out users
 * @param histories both: all that users had taken by the split time
 * @param test test blocks, users whole
 * @param excluded blocks of rows after the split time that are on neither side, each with its
 *     reason
 * @param coldItemTest of these, rows of test users with items that train does not know
 * @param items the catalogue rows of the indexed items
 * @param coldItems catalogue rows of the items that were held out or came after the split time
 * @param catalogue all of the catalogue, whether train knows the items or not
 * @param itemIds the indexed items in index order
 * @param itemCounts train interactions by item
 * @param firstUsers the index of the first user of each shard
 * @param statistics what the data are like, whatever side they are on; there only if they passed
 *     their checks
 * @param countMap everything counted, one element, which is there only if the checks passed
 * @param counts the same as a view
 * @param written the files of the run so far
 */
record PreparedData(
    RunFiles run,
    HeadlineSplit headline,
    PCollection<String> trainFiles,
    PCollection<InteractionBlock> hidden,
    PCollection<InteractionBlock> histories,
    PCollection<InteractionBlock> test,
    PCollection<InteractionBlock> excluded,
    PCollection<InteractionBlock> coldItemTest,
    PCollection<Item> items,
    PCollection<Item> coldItems,
    PCollection<Item> catalogue,
    PCollectionView<List<String>> itemIds,
    PCollectionView<Map<String, Long>> itemCounts,
    PCollectionView<Map<Integer, Long>> firstUsers,
    PCollection<DataStatistics> statistics,
    PCollection<Map<String, Long>> countMap,
    PCollectionView<Map<String, Long>> counts,
    List<PCollection<?>> written)
    implements POutput {
  /** The same, to go on with only if these counts are there. */
  PreparedData onceCounted(PCollection<Map<String, Long>> checked) {
    return new PreparedData(
        run,
        headline,
        trainFiles,
        hidden,
        histories,
        test,
        excluded,
        coldItemTest,
        items,
        coldItems,
        catalogue,
        itemIds,
        itemCounts,
        firstUsers,
        statistics,
        checked,
        counts,
        written);
  }

  @Override
  public Pipeline getPipeline() {
    return trainFiles.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> outputs = new HashMap<>();
    for (PCollection<?> output :
        List.of(trainFiles, hidden, histories, test, excluded, coldItemTest, items, coldItems)) {
      outputs.put(new TupleTag<>(output.getName()), output);
    }
    return outputs;
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
