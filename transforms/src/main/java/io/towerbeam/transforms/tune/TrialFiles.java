package io.towerbeam.transforms.tune;

import io.towerbeam.schemas.Trial;
import io.towerbeam.transforms.files.AvroFiles;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.RunFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The file that each finished trial of a run leaves, so that it need not be run again.
 *
 * @param run the run
 */
record TrialFiles(RunFiles run) {
  /** The finished trial of that number, if there is one. */
  Optional<Trial> read(int trial) throws IOException {
    String file = name(trial) + ".avro";
    if (!run.trials().exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = run.trials().open(file)) {
      return Optional.of(AvroFiles.first(in, Trial.class));
    }
  }

  /** Writes a finished trial. */
  void write(Trial trial) throws IOException {
    run.trials()
        .write(
            name(trial.getTrial()) + ".avro",
            out -> AvroFiles.write(out, Trial.class, List.of(trial)));
  }

  /** Where a trial's checkpoints and epoch reports lie. */
  Folder modelOf(int trial) {
    return run.model(name(trial));
  }

  /** {@code trial-0007}. */
  static String name(int trial) {
    return String.format(Locale.ROOT, "trial-%04d", trial);
  }
}
