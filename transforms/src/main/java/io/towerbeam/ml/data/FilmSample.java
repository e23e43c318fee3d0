package io.towerbeam.ml.data;

import io.towerbeam.schemas.Interaction;
import io.towerbeam.schemas.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * An invented catalogue of films and three years of what an invented audience saw of it: small
 * enough to try everything on, and with something to learn.
 *
 * <p>Users keep mostly to two or three tastes of their own. Genres and title words give a film's
 * taste away in part; half of the catalogue is of tastes that few share. Popularity is skewed and
 * drifts: new films come out all the time and are fresh for some months. Users arrive over the
 * whole time; some come once, some for years; so every kind of row that the warm split leaves out
 * occurs. The same seed gives the same sample on every machine.
 *
 * @param items 480 films with title, genres and year of release
 * @param interactions about 78 thousand ratings from 1 to 5 by 1,000 users, each film at most once
 *     by a user, sorted by (time, user, item)
 */
public record FilmSample(List<Item> items, List<Interaction> interactions) {
  /** The seed of the sample that is used where no input is named. */
  public static final long DEFAULT_SEED = 42;

  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration LENGTH = Duration.ofDays(3 * 365);

  /** The sample of {@code seed}: a second's work, some 10 MB. */
  public static FilmSample generate(long seed) {
    Random random = new Random(seed);
    List<FilmCatalogue.Film> films = new FilmCatalogue(random, START, LENGTH).films();
    List<Interaction> interactions =
        new FilmAudience(random, films, START, LENGTH)
            .interactions().stream()
                .sorted(
                    Comparator.comparingLong(Interaction::getTime)
                        .thenComparing(Interaction::getUserId, IdOrder.INSTANCE)
                        .thenComparing(Interaction::getItemId, IdOrder.INSTANCE))
                .toList();
    return new FilmSample(films.stream().map(FilmCatalogue.Film::item).toList(), interactions);
  }
}
