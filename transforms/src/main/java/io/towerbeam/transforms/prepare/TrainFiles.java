package io.towerbeam.transforms.prepare;

import io.towerbeam.transforms.files.FilePaths;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.WriteShards;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Paths of the train side's files, one a shard. They are what later stages take in place of the
 * blocks: a worker reads the shard that it is at, and interactions are neither shuffled again nor
 * held until the models are there.
 */
public final class TrainFiles {
  /** Their names, as {@link WriteShards#name} makes them. */
  public static final String PATTERN = "train-*.avro";

  private static final String PREFIX = PATTERN.substring(0, PATTERN.indexOf('*'));

  private TrainFiles() {}

  /** Those among files that were written, each once it is there: (path, its size). */
  public static PTransform<PCollection<KV<String, Long>>, PCollection<String>> written() {
    return new Written();
  }

  /** Those that stand in a folder. */
  public static PTransform<PBegin, PCollection<String>> in(Folder data) {
    return FilePaths.of(data, PATTERN);
  }

  private static boolean isOne(String path) {
    return path.substring(path.lastIndexOf('/') + 1).startsWith(PREFIX);
  }

  private static final class Written
      extends PTransform<PCollection<KV<String, Long>>, PCollection<String>> {
    @Override
    public PCollection<String> expand(PCollection<KV<String, Long>> files) {
      return files
          .apply("Path", Keys.create())
          .setCoder(StringUtf8Coder.of())
          .apply("OfTrain", Filter.by(TrainFiles::isOne));
    }
  }
}
