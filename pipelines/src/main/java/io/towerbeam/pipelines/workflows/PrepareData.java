package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.input.InputSource;
import io.towerbeam.pipelines.input.PreparedInput;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.prepare.WarmSplit;
import io.towerbeam.transforms.write.RequireCounts;
import io.towerbeam.transforms.write.RunFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * From an input to two indexed sides, checked: of rows that are read, split and indexed, or of a
 * run in which that was done before.
 */
final class PrepareData extends PTransform<PBegin, PreparedData> {
  private final transient InputSource source;
  private final transient PrepareSettings settings;
  private final transient DataGate gate;
  private final transient RunFiles place;

  private final transient List<PCollection<RejectedRecord>> otherRejected;
  private final transient @Nullable TuningSplit tuningSplit;

  private PrepareData(
      InputSource source,
      PrepareSettings settings,
      DataGate gate,
      RunFiles place,
      List<PCollection<RejectedRecord>> otherRejected,
      @Nullable TuningSplit tuningSplit) {
    this.source = source;
    this.settings = settings;
    this.gate = gate;
    this.place = place;
    this.otherRejected = otherRejected;
    this.tuningSplit = tuningSplit;
  }

  static PrepareData of(InputSource source, PrepareSettings settings, DataGate gate) {
    return new PrepareData(source, settings, gate, gate.run(), List.of(), null);
  }

  /** Writes and counts these rejected rows, of another of the run's inputs, with its own. */
  PrepareData withRejected(PCollection<RejectedRecord> rejected) {
    return new PrepareData(source, settings, gate, place, List.of(rejected), tuningSplit);
  }

  /**
   * Splits the train side once more and goes on with these two sides: parameters are chosen on
   * them, and the rows after the split itself are not looked at.
   */
  PrepareData withTuningSplit(TuningSplit tuningSplit) {
    return new PrepareData(source, settings, gate, place, otherRejected, tuningSplit);
  }

  /** Puts sides and index there rather than into the run's own folders. */
  PrepareData into(RunFiles place) {
    return new PrepareData(source, settings, gate, place, otherRejected, tuningSplit);
  }

  @Override
  public PreparedData expand(PBegin begin) {
    RunFiles run = gate.run();
    HeadlineSplit headline =
        source instanceof PreparedInput prepared
            ? HeadlineSplit.ofPrepared(begin, prepared, settings, otherRejected, gate)
            : HeadlineSplit.ofRows(begin, source, settings, otherRejected, gate);
    PCollectionTuple split =
        tuningSplit == null
            ? headline.sides()
            : tuningSplit.apply(headline.sides(), settings.rule());
    IndexedSplit indexed =
        tuningSplit == null && headline.isAsPrepared()
            ? IndexedSplit.copied(begin, (PreparedInput) source, split, place)
            : IndexedSplit.made(split, settings.shards(), place);
    SerializableFunction<Map<String, Long>, List<String>> check =
        tuningSplit == null ? SplitCheck.of("the split", settings) : tuningSplit.check(settings);
    List<PCollection<KV<String, Long>>> counts = new ArrayList<>(headline.counts());
    if (tuningSplit != null) {
      counts.add(headlineTime(headline));
    }
    return CheckedSplit.of(split, indexed, headline, place)
        .prepared(counts, RequireCounts.of("split", gate.run().root(), check, headline.rejected()));
  }

  private static PCollection<KV<String, Long>> headlineTime(HeadlineSplit headline) {
    return headline
        .sides()
        .get(WarmSplit.THRESHOLD)
        .apply("HeadlineSplitTime", new NameNumber("headline_split_time"));
  }
}
