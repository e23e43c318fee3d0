package io.towerbeam.ml.data;

import io.towerbeam.ml.data.FilmCatalogue.Film;
import io.towerbeam.schemas.Interaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Plays the users of the generated sample. Not thread-safe: it draws from one random stream.
 *
 * <p>In a sitting at time t a user picks film i, among those that are out and not yet seen, with a
 * probability proportional to {@code appeal_i · freshness_i(t) · exp(TASTE_STRENGTH · θ·φ_i)},
 * where θ is the user's share in each taste and φ_i the film's.
 */
final class FilmAudience {
  private static final int USERS = 1000;
  private static final double TASTE_STRENGTH = 8;
  private static final double[][] TASTE_SHARES = {{.6, .4}, {.55, .35, .1}};

  private static final double PASSER_BY_SHARE = .25;
  private static final double MEAN_RETURNS = 14;
  private static final double MEAN_FILMS_A_SITTING = 14;
  private static final double MEAN_SECONDS_BETWEEN_SITTINGS = Duration.ofDays(55).toSeconds();
  private static final int MAX_SECONDS_BETWEEN_FILMS = 180;

  private static final double FRESHNESS = 1;
  private static final double FRESHNESS_SECONDS = Duration.ofDays(240).toSeconds();

  private final Random random;
  private final List<Film> films;
  private final long start;
  private final long end;

  FilmAudience(Random random, List<Film> films, Instant start, Duration length) {
    this.random = random;
    this.films = films;
    this.start = start.getEpochSecond();
    this.end = start.plus(length).getEpochSecond();
  }

  /** Everything that all users did, user by user, each in the order of time. */
  List<Interaction> interactions() {
    List<Interaction> interactions = new ArrayList<>();
    for (int user = 1; user <= USERS; user++) {
      play(String.valueOf(user), interactions);
    }
    return interactions;
  }

  private void play(String userId, List<Interaction> interactions) {
    double[] affinities = affinities(shares());
    boolean[] seen = new boolean[films.size()];
    boolean returns = random.nextDouble() >= PASSER_BY_SHARE;
    int sittings = 1 + (returns ? (int) exponential(MEAN_RETURNS) : 0);
    long time = start + (long) (random.nextDouble() * (end - start));
    for (int sitting = 0; sitting < sittings && time < end; sitting++) {
      time = sit(userId, time, affinities, seen, interactions);
      time += (long) exponential(MEAN_SECONDS_BETWEEN_SITTINGS);
    }
  }

  private long sit(
      String userId,
      long begin,
      double[] affinities,
      boolean[] seen,
      List<Interaction> interactions) {
    double[] weights = weights(begin, affinities);
    int picks = 1 + (int) exponential(MEAN_FILMS_A_SITTING);
    long time = begin;
    for (int n = 0; n < picks; n++) {
      int film = pick(weights, seen);
      if (film < 0) {
        break;
      }
      seen[film] = true;
      interactions.add(
          Interaction.newBuilder()
              .setUserId(userId)
              .setItemId(films.get(film).item().getId())
              .setRating(rating(affinities[film]))
              .setTime(time)
              .build());
      time += 1 + random.nextInt(MAX_SECONDS_BETWEEN_FILMS);
    }
    return time;
  }

  /** θ, (tastes): two or three tastes of different weight, summing to 1. */
  private double[] shares() {
    FilmTaste[] tastes = FilmTaste.values();
    double[] fans = new double[tastes.length];
    for (FilmTaste taste : tastes) {
      fans[taste.ordinal()] = taste.fans();
    }
    double[] shares = new double[tastes.length];
    boolean[] taken = new boolean[tastes.length];
    for (double share : TASTE_SHARES[random.nextInt(TASTE_SHARES.length)]) {
      int taste = pick(fans, taken);
      taken[taste] = true;
      shares[taste] = share;
    }
    return shares;
  }

  /** θ·φ_i, (films). */
  private double[] affinities(double[] shares) {
    double[] affinities = new double[films.size()];
    for (int film = 0; film < affinities.length; film++) {
      for (int taste = 0; taste < shares.length; taste++) {
        affinities[film] += shares[taste] * films.get(film).tastes()[taste];
      }
    }
    return affinities;
  }

  private double[] weights(long time, double[] affinities) {
    double[] weights = new double[affinities.length];
    for (int n = 0; n < weights.length; n++) {
      Film film = films.get(n);
      if (film.appears() <= time) {
        double age = (time - film.appears()) / FRESHNESS_SECONDS;
        double freshness = 1 + FRESHNESS * StrictMath.exp(-age);
        weights[n] = film.appeal() * freshness * StrictMath.exp(TASTE_STRENGTH * affinities[n]);
      }
    }
    return weights;
  }

  /** A position by weight among those not taken; -1 if no weight is left. */
  private int pick(double[] weights, boolean[] taken) {
    double total = 0;
    for (int n = 0; n < weights.length; n++) {
      total += taken[n] ? 0 : weights[n];
    }
    double drawn = random.nextDouble() * total;
    int picked = -1;
    for (int n = 0; n < weights.length && drawn >= 0; n++) {
      if (!taken[n] && weights[n] > 0) {
        picked = n;
        drawn -= weights[n];
      }
    }
    return picked;
  }

  private float rating(double affinity) {
    double felt = 2.8 + 2 * affinity + .9 * random.nextGaussian();
    return Math.max(1, Math.min(5, Math.round(felt)));
  }

  private double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }
}
