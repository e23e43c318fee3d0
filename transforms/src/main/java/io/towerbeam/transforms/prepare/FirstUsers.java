package io.towerbeam.transforms.prepare;

import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.FilePaths;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.WriteShards;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads from the user index that a run saved what {@link IndexIds#FIRST_USERS} is: the index of the
 * first user of each shard, one element; shards without users are left out.
 */
public final class FirstUsers extends PTransform<PBegin, PCollection<Map<Integer, Long>>> {
  private final transient Folder index;

  private FirstUsers(Folder index) {
    this.index = index;
  }

  /** Those of the index in that folder, a file a shard. */
  public static FirstUsers in(Folder index) {
    return new FirstUsers(index);
  }

  @Override
  public PCollection<Map<Integer, Long>> expand(PBegin begin) {
    return begin
        .apply("UserIndexFiles", FilePaths.of(index, "users-*.avro"))
        .apply("ReadFirstUser", ParDo.of(new ReadFirstUserFn()))
        .setCoder(IndexIds.BY_SHARD)
        .apply("OfAllShards", MapSum.toOne(IndexIds.BY_SHARD));
  }

  private static final class ReadFirstUserFn extends DoFn<String, Map<Integer, Long>> {
    @ProcessElement
    public void process(@Element String path, OutputReceiver<Map<Integer, Long>> out)
        throws IOException {
      AtomicLong first = new AtomicLong(Long.MAX_VALUE);
      try (InputStream in = Folder.openPath(path)) {
        AvroFiles.read(
            in, IndexEntry.class, entry -> first.accumulateAndGet(entry.getIndex(), Math::min));
      }
      if (first.get() < Long.MAX_VALUE) {
        out.output(Map.of(WriteShards.shard(path), first.get()));
      }
    }
  }
}
