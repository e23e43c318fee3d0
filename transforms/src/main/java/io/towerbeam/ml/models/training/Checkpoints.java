package io.towerbeam.ml.models.training;

import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.ml.models.ModelParameter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training, of which the last two are kept: should the newest be damaged,
 * the one before still stands. What is in them is for the model to say. Not thread-safe.
 */
public final class Checkpoints {
  /** The parameter that says how often they are written; it does not change what is learnt. */
  public static final String SECONDS = "checkpointSeconds";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String FOLDER = "checkpoints";
  private static final String FINGERPRINT = "fingerprint";
  private static final int KEPT = 2;

  private final ModelFiles files;
  private final Supplier<String> fingerprint;
  private final double seconds;
  private long lastTime = System.nanoTime();

  /**
   * @param seconds between two of them
   * @param fingerprint of data, parameters and seed: checkpoints of another one are not resumed; it
   *     is asked for when there is a checkpoint to read or to write
   */
  public Checkpoints(ModelFiles files, double seconds, Supplier<String> fingerprint) {
    this.files = files;
    this.seconds = seconds;
    this.fingerprint = fingerprint;
  }

  /** What a file says, if it says it. */
  @FunctionalInterface
  public interface Decoder<T> {
    /** Throws if the file is whole, but not of such a training. */
    T decode(TensorFile file) throws DamagedFileException;
  }

  /** The parameter {@link #SECONDS} of a model whose steps are {@code steps}, such as "items". */
  public static ModelParameter declareSeconds(String steps) {
    return ModelParameter.real(
        SECONDS, 60, 0, 86_400, "seconds between checkpoints, which hold the finished " + steps);
  }

  /** Deletes all checkpoints of a model, once its parameters are saved. */
  public static void deleteAll(ModelFiles files) throws IOException {
    for (String name : files.list(FOLDER)) {
      files.delete(FOLDER + "/" + name);
    }
  }

  /** Whether the last one, or the beginning, is so many seconds ago. */
  public boolean isDue() {
    return System.nanoTime() - lastTime >= seconds * 1e9;
  }

  /**
   * Writes a checkpoint, then deletes those before the last two.
   *
   * @param step how far the training is: a later checkpoint has a greater one
   */
  public void write(long step, TensorFile state) throws IOException {
    Map<String, String> properties = new TreeMap<>(state.properties());
    properties.put(FINGERPRINT, fingerprint.get());
    files.write(
        String.format(Locale.ROOT, "%s/%012d.avro", FOLDER, step),
        new TensorFile(state.arrays(), properties)::writeTo);
    List<String> names = files.list(FOLDER); // names are sorted, so by step
    for (String name : names.subList(0, Math.max(0, names.size() - KEPT))) {
      files.delete(FOLDER + "/" + name);
    }
    lastTime = System.nanoTime();
  }

  /**
   * The newest checkpoint that is whole and of this training. Newer ones that are not are said in
   * the log and deleted, so that they cannot outlive those still to be written.
   *
   * @throws IOException if a file cannot be read; trying again may help
   */
  public <T> Optional<T> newest(Decoder<T> decoder) throws IOException {
    List<String> names = files.list(FOLDER);
    for (int i = names.size() - 1; i >= 0; i--) {
      String path = FOLDER + "/" + names.get(i);
      try (InputStream in = files.open(path)) {
        TensorFile file = TensorFile.readFrom(in);
        if (!fingerprint.get().equals(file.properties().get(FINGERPRINT))) {
          throw new DamagedFileException("of a training with other data, parameters or seed");
        }
        return Optional.of(decoder.decode(file));
      } catch (DamagedFileException e) {
        LOG.warn("Checkpoint {} is left out: {}", path, e.getMessage());
        files.delete(path);
      } catch (FileNotFoundException e) {
        LOG.info("Checkpoint {} is gone: another attempt is further", path);
      }
    }
    return Optional.empty();
  }
}
