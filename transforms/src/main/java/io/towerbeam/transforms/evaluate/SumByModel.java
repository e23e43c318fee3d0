package io.towerbeam.transforms.evaluate;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Recommendation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Metric sums and faults of every model that has a list: (model, totals over all users). */
@AutoValue
abstract class SumByModel
    extends PTransform<PCollection<Recommendation>, PCollection<KV<String, ModelTotals>>> {
  private static final TupleTag<KV<Integer, Recommendation>> KEYED_LISTS = new TupleTag<>() {};
  private static final TupleTag<String> MODELS = new TupleTag<>() {};
  private static final TupleTag<InteractionBlock> TEST = new TupleTag<>() {};
  private static final TupleTag<Recommendation> LISTS = new TupleTag<>() {};

  abstract PCollection<InteractionBlock> test();

  abstract List<Integer> cutoffs();

  abstract int shards();

  static SumByModel of(PCollection<InteractionBlock> test, List<Integer> cutoffs, int shards) {
    return new AutoValue_SumByModel(test, cutoffs, shards);
  }

  @Override
  public PCollection<KV<String, ModelTotals>> expand(PCollection<Recommendation> lists) {
    PCollectionTuple keyed =
        lists.apply(
            "KeyListsByShard",
            ParDo.of(new KeyListsFn(shards()))
                .withOutputTags(KEYED_LISTS, TupleTagList.of(MODELS)));
    PCollectionView<List<String>> models =
        keyed
            .get(MODELS)
            .setCoder(StringUtf8Coder.of())
            .apply("DistinctModels", Distinct.create())
            .apply("ViewModels", View.asList());
    return joinByShard(keyed.get(KEYED_LISTS))
        .apply(
            "EvaluateShards",
            ParDo.of(new EvaluateShardFn(cutoffs(), models)).withSideInputs(models))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ModelTotalsCoder.INSTANCE))
        // (model, totals of a shard) to (model, totals)
        .apply("MergeShards", Combine.perKey(new MergeTotalsFn(cutoffs())));
  }

  private PCollection<KV<Integer, CoGbkResult>> joinByShard(
      PCollection<KV<Integer, Recommendation>> lists) {
    PCollection<KV<Integer, InteractionBlock>> test =
        test().apply("KeyTestByShard", ParDo.of(new KeyTestFn(shards())));
    // (shard, test block) and (shard, list) to (shard, ([test block], [list]))
    return KeyedPCollectionTuple.of(TEST, test.setCoder(keyedByShard(InteractionBlock.class)))
        .and(LISTS, lists.setCoder(keyedByShard(Recommendation.class)))
        .apply("JoinByShard", CoGroupByKey.create());
  }

  private static <T> Coder<KV<Integer, T>> keyedByShard(Class<T> record) {
    return KvCoder.of(VarIntCoder.of(), AvroCoder.specific(record));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("cutoffs", cutoffs().toString()).withLabel("Values of k"))
        .add(DisplayData.item("shards", shards()).withLabel("Parts the users are cut into"));
  }

  /** Keys test rows by the shard of their users. */
  private static final class KeyTestFn
      extends DoFn<InteractionBlock, KV<Integer, InteractionBlock>> {
    private final int shards;

    KeyTestFn(int shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void process(
        @Element InteractionBlock block, OutputReceiver<KV<Integer, InteractionBlock>> keyed) {
      BlockSplitter.split(block, shards).forEach((shard, part) -> keyed.output(KV.of(shard, part)));
    }
  }

  /** Keys lists by the shard of their user, and names each model once per bundle. */
  private static final class KeyListsFn extends DoFn<Recommendation, KV<Integer, Recommendation>> {
    private final int shards;
    private transient Set<String> namedModels;

    KeyListsFn(int shards) {
      this.shards = shards;
    }

    @StartBundle
    public void startBundle() {
      namedModels = new HashSet<>();
    }

    @ProcessElement
    public void process(@Element Recommendation list, MultiOutputReceiver outputs) {
      outputs.get(KEYED_LISTS).output(KV.of(Shards.of(list.getUserId(), shards), list));
      if (namedModels.add(list.getModel())) {
        outputs.get(MODELS).output(list.getModel());
      }
    }
  }

  /** The totals of every model for the users of one shard. */
  private static final class EvaluateShardFn
      extends DoFn<KV<Integer, CoGbkResult>, KV<String, ModelTotals>> {
    private final List<Integer> cutoffs;
    private final PCollectionView<List<String>> models;

    EvaluateShardFn(List<Integer> cutoffs, PCollectionView<List<String>> models) {
      this.cutoffs = cutoffs;
      this.models = models;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      CoGbkResult joined = context.element().getValue();
      ShardEvaluation shard = new ShardEvaluation(context.sideInput(models), cutoffs);
      joined.getAll(TEST).forEach(shard::addTest);
      joined.getAll(LISTS).forEach(shard::addList);
      shard.finish().forEach((model, totals) -> context.output(KV.of(model, totals)));
    }
  }
}
