package io.towerbeam.transforms.write;

/**
 * While a challenger was compared with the champion, another one took the next number. The same run
 * started again goes on with what it has fitted, and compares with that one.
 */
public class ChampionChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChampionChangedException(Champions.Numbered other) {
    super(
        "champion %s, %s of run %s, came up while this run was compared with the one before: start"
                .formatted(other.label(), other.champion().getModel(), other.champion().getRunId())
            + " the run again, and it is compared with that one");
  }
}
