package io.towerbeam.transforms.prepare;

import com.google.auto.value.AutoValue;
import io.towerbeam.schemas.InteractionBlock;
import java.util.List;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Brings together, shard by shard, the train side's file, the users that something is wanted for,
 * and interactions given for users beside the train side. Takes {@link TrainFiles}. {@link #reader}
 * makes histories of them.
 */
@AutoValue
public abstract class JoinHistories
    extends PTransform<PCollection<String>, PCollection<KV<Integer, CoGbkResult>>> {
  static final TupleTag<String> TRAIN = new TupleTag<>("train") {};
  static final TupleTag<InteractionBlock> WANTED = new TupleTag<>("wanted") {};
  static final TupleTag<InteractionBlock> GIVEN = new TupleTag<>("given") {};

  abstract @Nullable PCollection<InteractionBlock> wanted();

  abstract @Nullable PCollection<InteractionBlock> given();

  abstract List<PCollectionView<?>> awaited();

  /** For all users of the train side. */
  public static JoinHistories ofAllUsers() {
    return new AutoValue_JoinHistories(null, null, List.of());
  }

  /**
   * @param wanted blocks whose users it is for, known to train or not; sharded as the train side
   */
  public static JoinHistories ofUsers(PCollection<InteractionBlock> wanted) {
    return new AutoValue_JoinHistories(wanted, null, List.of());
  }

  /**
   * Adds rows to the histories of the same users.
   *
   * @param given blocks as {@link ShardByUser} makes them, sharded as the train side
   */
  public JoinHistories withGiven(PCollection<InteractionBlock> given) {
    return new AutoValue_JoinHistories(wanted(), given, awaited());
  }

  /** Gives shards once these views are there, which are read along with them; see {@link Await}. */
  public JoinHistories awaiting(List<PCollectionView<?>> views) {
    return new AutoValue_JoinHistories(wanted(), given(), views);
  }

  /** Makes histories of what this gives. */
  public HistoryReader reader() {
    return new HistoryReader(wanted() == null, given() != null);
  }

  @Override
  public PCollection<KV<Integer, CoGbkResult>> expand(PCollection<String> trainFiles) {
    KeyedPCollectionTuple<Integer> byShard =
        KeyedPCollectionTuple.of(TRAIN, trainFiles.apply("TrainByShard", ByShard.keysOfFiles()));
    if (wanted() != null) {
      byShard = byShard.and(WANTED, wanted().apply("UsersByShard", ByShard.keys()));
    }
    if (given() != null) {
      byShard = byShard.and(GIVEN, given().apply("GivenByShard", ByShard.keys()));
    }
    if (!awaited().isEmpty()) {
      byShard = Await.join(byShard, awaited(), VarIntCoder.of());
    }
    // (shard, [train file], [block of wanted users], [given block])
    return byShard.apply("JoinShards", CoGroupByKey.create());
  }
}
