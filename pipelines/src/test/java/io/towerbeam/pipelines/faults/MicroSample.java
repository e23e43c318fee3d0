package io.towerbeam.pipelines.faults;

import io.towerbeam.ml.random.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A log of 200 users with 40 rows each, and its catalogue of 80 items, drawn from a seed. */
final class MicroSample {
  static final int USERS = 200;
  private static final int ROWS_EACH = 40;
  private static final int ITEMS = 80;
  private static final long SEED = 7;

  /** What a run of it needs to be told: where it lies, and to resample little. */
  private final List<String> options;

  private MicroSample(List<String> options) {
    this.options = options;
  }

  static MicroSample in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path interactions = folder.resolve("interactions.csv");
    Path items = folder.resolve("items.csv");
    Files.write(interactions, rows());
    Files.write(items, catalogue());
    return new MicroSample(
        List.of(
            "--interactions=" + interactions,
            "--items=" + items,
            "--bootstrapResamples=100",
            "--shards=2",
            "--minUserTrainInteractions=5",
            "--minTestInteractions=1"));
  }

  List<String> options() {
    return options;
  }

  /** Users like the items of their own half; times rise, so that most have test rows. */
  static List<String> rows() {
    List<String> rows = new ArrayList<>(List.of("user_id,item_id,rating,timestamp"));
    CounterRandom random = CounterRandom.of(SEED);
    for (int row = 0; row < ROWS_EACH; row++) {
      for (int user = 0; user < USERS; user++) {
        int item = 2 * random.nextInt(ITEMS / 2) + user % 2;
        int time = 1_000_000 + row * 10_000 + user;
        rows.add("u%d,i%d,%d,%d".formatted(user, item, 1 + random.nextInt(5), time));
      }
    }
    return rows;
  }

  private static List<String> catalogue() {
    List<String> rows = new ArrayList<>(List.of("item_id,title,genres"));
    for (int item = 0; item < ITEMS; item++) {
      String title = "The %s of %d (19%02d)".formatted(item % 2 == 0 ? "Sea" : "Hill", item, item);
      rows.add("i%d,%s,%s".formatted(item, title, item % 2 == 0 ? "Drama|War" : "Comedy"));
    }
    return rows;
  }
}
