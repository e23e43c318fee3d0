package io.towerbeam.transforms.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Tells the MovieLens releases (grouplens.org/datasets/movielens) apart by the files in their
 * folder.
 */
public final class MovieLensFolder {
  /** For messages: the files that {@link #detect} looks for. */
  public static final String EXPECTED_FILES =
      "ratings.dat and movies.dat, or ratings.csv and movies.csv, or u.data and u.item";

  /** The 19 genres of ml-100k's {@code u.genre}, in the order of the flags in {@code u.item}. */
  private static final List<String> GENRES =
      List.of(
          "unknown",
          "Action",
          "Adventure",
          "Animation",
          "Children's",
          "Comedy",
          "Crime",
          "Documentary",
          "Drama",
          "Fantasy",
          "Film-Noir",
          "Horror",
          "Musical",
          "Mystery",
          "Romance",
          "Sci-Fi",
          "Thriller",
          "War",
          "Western");

  private static final List<String> RATING_COLUMNS =
      List.of("userId", "movieId", "rating", "timestamp");
  private static final List<String> MOVIE_COLUMNS = List.of("movieId", "title", "genres");

  private MovieLensFolder() {}

  /**
   * How to read {@code folder}: ml-1m, ml-10m, ml-20m, ml-25m, ml-32m, ml-latest or ml-100k; empty
   * if it is none of these.
   *
   * @throws InputException if the folder cannot be looked up
   */
  public static Optional<InputLayout> detect(String folder) {
    if (has(folder, "ratings.dat", "movies.dat")) {
      return Optional.of(dat(folder));
    }
    if (has(folder, "ratings.csv", "movies.csv")) {
      return Optional.of(csv(folder));
    }
    if (has(folder, "u.data", "u.item")) {
      return Optional.of(hundredThousand(folder));
    }
    return Optional.empty();
  }

  private static InputLayout dat(String folder) {
    // ml-10m, the one with tags, is written in UTF-8, ml-1m in Latin-1.
    TextEncoding encoding = has(folder, "tags.dat") ? TextEncoding.UTF_8 : TextEncoding.ISO_8859_1;
    return new InputLayout(
        file(folder, "ratings.dat").toString(),
        ratings(DelimitedText.withColumns("::", encoding, RATING_COLUMNS), 0.5f),
        file(folder, "movies.dat").toString(),
        movies(DelimitedText.withColumns("::", encoding, MOVIE_COLUMNS)).withSeparatorInTitle());
  }

  private static InputLayout csv(String folder) {
    return new InputLayout(
        file(folder, "ratings.csv").toString(),
        ratings(DelimitedText.withHeader(","), 0.5f),
        file(folder, "movies.csv").toString(),
        movies(DelimitedText.withHeader(",")));
  }

  private static InputLayout hundredThousand(String folder) {
    List<String> itemColumns =
        Stream.concat(
                Stream.of("movieId", "title", "releaseDate", "videoReleaseDate", "imdbUrl"),
                GENRES.stream())
            .toList();
    return new InputLayout(
        file(folder, "u.data").toString(),
        ratings(DelimitedText.withColumns("\t", TextEncoding.ISO_8859_1, RATING_COLUMNS), 1),
        file(folder, "u.item").toString(),
        ItemFormat.of(
                DelimitedText.withColumns("|", TextEncoding.ISO_8859_1, itemColumns),
                "movieId",
                "title",
                "")
            .withCategoryFlags(GENRES));
  }

  private static InteractionFormat ratings(DelimitedText text, float lowest) {
    return InteractionFormat.of(text, "userId", "movieId", "rating", "timestamp")
        .withRatingRange(lowest, 5);
  }

  private static ItemFormat movies(DelimitedText text) {
    return ItemFormat.of(text, "movieId", "title", "genres");
  }

  private static boolean has(String folder, String... names) {
    List<ResourceId> files = Arrays.stream(names).map(name -> file(folder, name)).toList();
    try {
      for (MatchResult match : FileSystems.matchResources(files)) {
        if (match.status() == Status.NOT_FOUND || match.metadata().isEmpty()) {
          return false;
        }
      }
      return true;
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(folder + ": cannot be looked up: " + e.getMessage(), e);
    }
  }

  private static ResourceId file(String folder, String name) {
    return FileSystems.matchNewResource(folder, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }
}
