package io.towerbeam.ml.models.training;

import io.towerbeam.ml.models.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training, of which the last two are kept: should the newest be damaged,
 * the one before still stands.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String FOLDER = "checkpoints";
  private static final int KEPT = 2;

  private final ModelFiles files;
  private final String fingerprint;

  /**
   * @param fingerprint of data, parameters and seed: checkpoints of another one are not resumed
   */
  Checkpoints(ModelFiles files, String fingerprint) {
    this.files = files;
    this.fingerprint = fingerprint;
  }

  /** Deletes all checkpoints of a model, once its parameters are saved. */
  public static void deleteAll(ModelFiles files) throws IOException {
    for (String name : files.list(FOLDER)) {
      files.delete(FOLDER + "/" + name);
    }
  }

  /** Writes a checkpoint, then deletes those before the last two. */
  void write(long step, Checkpoint checkpoint) throws IOException {
    files.write(
        String.format(Locale.ROOT, "%s/%012d.avro", FOLDER, step),
        checkpoint.toFile(fingerprint)::writeTo);
    List<String> names = files.list(FOLDER); // names are sorted, so by step
    for (String name : names.subList(0, Math.max(0, names.size() - KEPT))) {
      files.delete(FOLDER + "/" + name);
    }
  }

  /**
   * The newest checkpoint that is whole and of this training. Newer ones that are not are said in
   * the log and deleted, so that they cannot outlive those still to be written.
   *
   * @throws IOException if a file cannot be read; trying again may help
   */
  Optional<Checkpoint> newest() throws IOException {
    List<String> names = files.list(FOLDER);
    for (int i = names.size() - 1; i >= 0; i--) {
      String path = FOLDER + "/" + names.get(i);
      try (InputStream in = files.open(path)) {
        return Optional.of(Checkpoint.of(TensorFile.readFrom(in), fingerprint));
      } catch (DamagedFileException e) {
        LOG.warn("Checkpoint {} is left out: {}", path, e.getMessage());
        files.delete(path);
      }
    }
    return Optional.empty();
  }
}
