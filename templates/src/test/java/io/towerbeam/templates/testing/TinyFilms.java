package io.towerbeam.templates.testing;

import java.util.Map;

/** A MovieLens folder just large enough for the split that workflows make unless told otherwise. */
public final class TinyFilms {
  private static final int USERS = 20;
  private static final int FILMS = 70;
  private static final int RATINGS_PER_USER = 60;

  private TinyFilms() {}

  /** Its files by name. */
  public static Map<String, String> files() {
    StringBuilder ratings = new StringBuilder();
    for (int user = 1; user <= USERS; user++) {
      for (int n = 0; n < RATINGS_PER_USER; n++) {
        int film = 1 + (7 * n + 3 * user) % FILMS;
        int time = 1_000_000 + 1000 * n + user;
        ratings.append("%d::%d::%d::%d\n".formatted(user, film, 1 + film % 5, time));
      }
    }
    StringBuilder films = new StringBuilder();
    for (int film = 1; film <= FILMS; film++) {
      String genre = film % 2 == 0 ? "Drama" : "Comedy|War";
      films.append("%d::Station %c (19%02d)::%s\n".formatted(film, 'A' + film % 26, film, genre));
    }
    return Map.of("ratings.dat", ratings.toString(), "movies.dat", films.toString());
  }
}
