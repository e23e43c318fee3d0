package io.towerbeam.templates.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A MovieLens folder just large enough for the split that workflows make unless told otherwise. */
final class SmallFilms {
  private static final int USERS = 20;
  private static final int FILMS = 70;
  private static final int RATINGS_PER_USER = 60;

  private SmallFilms() {}

  static Path writeInto(Path folder) throws IOException {
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
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("ratings.dat"), ratings);
    Files.writeString(folder.resolve("movies.dat"), films);
    return folder;
  }
}
