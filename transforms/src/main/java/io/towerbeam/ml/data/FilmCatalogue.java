package io.towerbeam.ml.data;

import io.towerbeam.schemas.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Invents the films of the generated sample. Not thread-safe: it draws from one random stream. */
final class FilmCatalogue {
  private static final int FILMS = 480;
  private static final int NEW_FILMS = 96;
  private static final int OLDEST_YEAR = 1955;
  private static final double POPULARITY_SKEW = .2;
  private static final double SECOND_TASTE_SHARE = .3;
  private static final double SECOND_TASTE_WEIGHT = .4;
  private static final double TELLING_NOUN_SHARE = .8;

  private final Random random;
  private final Instant start;
  private final Duration length;
  private final Set<String> titles = new HashSet<>();

  FilmCatalogue(Random random, Instant start, Duration length) {
    this.random = random;
    this.start = start;
    this.length = length;
  }

  /**
   * A film and what the audience feels about it.
   *
   * @param item the row of the catalogue, the only part that is given away
   * @param appears seconds since the epoch; before that nobody can see it
   * @param appeal popularity when new, Zipf-like in (0, 1]
   * @param tastes (tastes) how much of each taste it has
   */
  record Film(Item item, long appears, double appeal, double[] tastes) {}

  /** The films in order of appearance, which is also the order of their ids, from "1" on. */
  List<Film> films() {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 1; rank <= FILMS; rank++) {
      ranks.add(rank);
    }
    Collections.shuffle(ranks, random);
    List<Film> films = new ArrayList<>();
    for (int n = 0; n < FILMS; n++) {
      films.add(film(n, StrictMath.pow(ranks.get(n), -POPULARITY_SKEW)));
    }
    return films;
  }

  private Film film(int n, double appeal) {
    Instant appears = appears(n - (FILMS - NEW_FILMS));
    int year = appears.atZone(ZoneOffset.UTC).getYear();
    if (appears.equals(start)) {
      // more of the old films are recent ones
      double age = random.nextDouble() * random.nextDouble();
      year -= 1 + (int) (age * (year - OLDEST_YEAR));
    }
    FilmTaste first = pick(List.of(FilmTaste.values()));
    FilmTaste second = pick(List.of(FilmTaste.values()));
    boolean mixed = random.nextDouble() < SECOND_TASTE_SHARE;
    double[] tastes = new double[FilmTaste.values().length];
    if (mixed) {
      tastes[second.ordinal()] = SECOND_TASTE_WEIGHT;
    }
    tastes[first.ordinal()] = 1;
    Item item =
        Item.newBuilder()
            .setId(String.valueOf(n + 1))
            .setTitle(newTitle(first) + " (" + year + ")")
            .setCategories(genres(first, mixed ? second : first))
            .setReleaseYear(year)
            .setAttributes(Map.of())
            .build();
    return new Film(item, appears.getEpochSecond(), appeal, tastes);
  }

  /** New films come at even distances; number 0 and below are there from the start. */
  private Instant appears(int newFilm) {
    return start.plus(length.multipliedBy(Math.max(0, newFilm)).dividedBy(NEW_FILMS));
  }

  private List<String> genres(FilmTaste first, FilmTaste second) {
    Set<String> genres = new LinkedHashSet<>();
    genres.add(first.genres().get(0));
    if (random.nextDouble() < .6) {
      genres.add(pick(first.genres()));
    }
    if (second != first) {
      genres.add(second.genres().get(0));
    }
    return genres.stream().sorted().toList();
  }

  private String newTitle(FilmTaste taste) {
    String title;
    do {
      title = title(taste);
    } while (!titles.add(title));
    return title;
  }

  private String title(FilmTaste taste) {
    boolean nounTells = random.nextDouble() < TELLING_NOUN_SHARE;
    boolean adjectiveTells = !nounTells || random.nextBoolean();
    String adjective = pick(adjectiveTells ? taste.adjectives() : FilmTaste.COMMON_ADJECTIVES);
    String noun = pick(nounTells ? taste.nouns() : FilmTaste.COMMON_NOUNS);
    return switch (random.nextInt(4)) {
      case 0 -> "The %s %s".formatted(adjective, noun);
      case 1 -> "The %s of the %s %s".formatted(pick(FilmTaste.COMMON_NOUNS), adjective, noun);
      case 2 ->
          "%s %s, %s %s".formatted(adjective, noun, pick(taste.adjectives()), pick(taste.nouns()));
      default -> "%s %s".formatted(adjective, noun);
    };
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
