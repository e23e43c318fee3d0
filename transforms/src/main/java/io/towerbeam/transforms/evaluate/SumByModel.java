package io.towerbeam.transforms.evaluate;

import com.google.auto.value.AutoValue;
import io.towerbeam.ml.data.InteractionColumns;
import io.towerbeam.ml.data.Shards;
import io.towerbeam.ml.metrics.ItemPopularity;
import io.towerbeam.schemas.InteractionBlock;
import io.towerbeam.schemas.Recommendation;
import io.towerbeam.transforms.prepare.Await;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
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
  private static final TupleTag<InteractionBlock> JUDGED = new TupleTag<>() {};
  private static final TupleTag<Map<String, Long>> ACTIVITY = new TupleTag<>() {};
  private static final TupleTag<Recommendation> LISTS = new TupleTag<>() {};
  private static final Coder<Map<String, Long>> USER_ROWS =
      MapCoder.of(StringUtf8Coder.of(), VarLongCoder.of());

  abstract JudgedSplit split();

  abstract EvaluationSettings settings();

  abstract int shards();

  static SumByModel of(JudgedSplit split, EvaluationSettings settings, int shards) {
    return new AutoValue_SumByModel(split, settings, shards);
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
    return joinByShard(keyed.get(KEYED_LISTS), List.of(models, split().itemCounts()))
        .apply(
            "EvaluateShards",
            ParDo.of(new EvaluateShardFn(settings(), models, split().itemCounts()))
                .withSideInputs(models, split().itemCounts()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ModelTotalsCoder.of(settings())))
        // (model, totals of a shard) to (model, totals)
        .apply("MergeShards", Combine.perKey(new MergeTotalsFn(settings())));
  }

  private PCollection<KV<Integer, CoGbkResult>> joinByShard(
      PCollection<KV<Integer, Recommendation>> lists, List<PCollectionView<?>> views) {
    PCollection<KV<Integer, InteractionBlock>> judged =
        split().judged().apply("KeyJudgedByShard", ParDo.of(new KeyBlocksFn(shards())));
    PCollection<KV<Integer, Map<String, Long>>> activity =
        split().train().apply("CountUserRows", ParDo.of(new CountUserRowsFn(shards())));
    // (shard, judged block), (shard, {user: train rows}) and (shard, list) by shard
    KeyedPCollectionTuple<Integer> byShard =
        KeyedPCollectionTuple.of(JUDGED, judged.setCoder(keyedByShard(InteractionBlock.class)))
            .and(ACTIVITY, activity.setCoder(KvCoder.of(VarIntCoder.of(), USER_ROWS)))
            .and(LISTS, lists.setCoder(keyedByShard(Recommendation.class)));
    return Await.join(byShard, views, VarIntCoder.of()).apply("JoinByShard", CoGroupByKey.create());
  }

  private static <T> Coder<KV<Integer, T>> keyedByShard(Class<T> record) {
    return KvCoder.of(VarIntCoder.of(), AvroCoder.specific(record));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("cutoffs", settings().cutoffs().toString()).withLabel("Values of k"))
        .add(DisplayData.item("shards", shards()).withLabel("Parts the users are cut into"));
  }

  /** Keys rows by the shard of their users. */
  private static final class KeyBlocksFn
      extends DoFn<InteractionBlock, KV<Integer, InteractionBlock>> {
    private final int shards;

    KeyBlocksFn(int shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void process(
        @Element InteractionBlock block, OutputReceiver<KV<Integer, InteractionBlock>> keyed) {
      BlockSplitter.split(block, shards).forEach((shard, part) -> keyed.output(KV.of(shard, part)));
    }
  }

  /** How many rows the users of a block have, by the shard of the users. */
  private static final class CountUserRowsFn
      extends DoFn<InteractionBlock, KV<Integer, Map<String, Long>>> {
    private final int shards;

    CountUserRowsFn(int shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void process(
        @Element InteractionBlock block, OutputReceiver<KV<Integer, Map<String, Long>>> counts) {
      BlockSplitter.split(block, shards)
          .forEach((shard, part) -> counts.output(KV.of(shard, rowsByUser(part))));
    }

    private static Map<String, Long> rowsByUser(InteractionBlock block) {
      InteractionColumns columns = InteractionColumns.of(block);
      Map<String, Long> rows = new HashMap<>();
      for (int row = 0; row < columns.rows(); row++) {
        rows.merge(columns.userId(row), 1L, Long::sum);
      }
      return rows;
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
    private final EvaluationSettings settings;
    private final PCollectionView<List<String>> models;
    private final PCollectionView<Map<String, Long>> itemCounts;

    EvaluateShardFn(
        EvaluationSettings settings,
        PCollectionView<List<String>> models,
        PCollectionView<Map<String, Long>> itemCounts) {
      this.settings = settings;
      this.models = models;
      this.itemCounts = itemCounts;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      CoGbkResult joined = context.element().getValue();
      ShardEvaluation shard =
          new ShardEvaluation(
              context.sideInput(models),
              settings,
              ItemPopularity.of(context.sideInput(itemCounts)));
      joined.getAll(JUDGED).forEach(shard::addJudged);
      shard.addActivity(sum(joined.getAll(ACTIVITY)));
      joined.getAll(LISTS).forEach(shard::addList);
      shard.finish().forEach((model, totals) -> context.output(KV.of(model, totals)));
    }

    /** A user's rows may stand in several blocks. */
    private static Map<String, Long> sum(Iterable<Map<String, Long>> rowsByUser) {
      Map<String, Long> sums = new HashMap<>();
      rowsByUser.forEach(part -> part.forEach((user, rows) -> sums.merge(user, rows, Long::sum)));
      return sums;
    }
  }
}
