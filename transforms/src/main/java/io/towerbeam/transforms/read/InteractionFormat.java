package io.towerbeam.transforms.read;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;

/**
 * What the columns of an interaction log mean, and which values are taken.
 *
 * @param text how the files are cut into fields
 * @param userColumn the column of user ids
 * @param itemColumn the column of item ids
 * @param ratingColumn the column of ratings; empty if there is none, then every rating is NaN
 * @param ratingOptional whether a rating may be left empty, which makes it NaN
 * @param lowestRating the least rating taken
 * @param highestRating the greatest rating taken
 * @param timeColumn the column of times: whole numbers since 1970-01-01T00:00:00Z
 * @param timeUnit SECONDS or MILLISECONDS; the latter are cut to seconds
 */
public record InteractionFormat(
    DelimitedText text,
    String userColumn,
    String itemColumn,
    String ratingColumn,
    boolean ratingOptional,
    float lowestRating,
    float highestRating,
    String timeColumn,
    TimeUnit timeUnit)
    implements Serializable, HasDisplayData {

  /** Checks the settings. */
  public InteractionFormat {
    if (!(lowestRating <= highestRating)) {
      throw new IllegalArgumentException(
          "rating range %s to %s: give the lower end first".formatted(lowestRating, highestRating));
    }
    if (timeUnit != TimeUnit.SECONDS && timeUnit != TimeUnit.MILLISECONDS) {
      throw new IllegalArgumentException(
          "time unit " + timeUnit + ": give SECONDS or MILLISECONDS");
    }
  }

  /**
   * Ratings of any size, none left empty; times in seconds.
   *
   * @param ratingColumn empty if there is none
   */
  public static InteractionFormat of(
      DelimitedText text,
      String userColumn,
      String itemColumn,
      String ratingColumn,
      String timeColumn) {
    return new InteractionFormat(
        text,
        userColumn,
        itemColumn,
        ratingColumn,
        false,
        Float.NEGATIVE_INFINITY,
        Float.POSITIVE_INFINITY,
        timeColumn,
        TimeUnit.SECONDS);
  }

  /** The same, taking ratings from {@code lowest} to {@code highest}, both included. */
  public InteractionFormat withRatingRange(float lowest, float highest) {
    return new InteractionFormat(
        text,
        userColumn,
        itemColumn,
        ratingColumn,
        ratingOptional,
        lowest,
        highest,
        timeColumn,
        timeUnit);
  }

  /** The same, taking rows whose rating is left empty. */
  public InteractionFormat withOptionalRating() {
    return new InteractionFormat(
        text,
        userColumn,
        itemColumn,
        ratingColumn,
        true,
        lowestRating,
        highestRating,
        timeColumn,
        timeUnit);
  }

  /** The same with times in {@code unit}, SECONDS or MILLISECONDS. */
  public InteractionFormat withTimeUnit(TimeUnit unit) {
    return new InteractionFormat(
        text,
        userColumn,
        itemColumn,
        ratingColumn,
        ratingOptional,
        lowestRating,
        highestRating,
        timeColumn,
        unit);
  }

  /** Whether there is a column of ratings. */
  public boolean hasRating() {
    return !ratingColumn.isEmpty();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .include("text", text)
        .add(DisplayData.item("userColumn", userColumn))
        .add(DisplayData.item("itemColumn", itemColumn))
        .add(DisplayData.item("ratingColumn", ratingColumn))
        .add(DisplayData.item("ratingOptional", ratingOptional))
        .add(DisplayData.item("lowestRating", lowestRating))
        .add(DisplayData.item("highestRating", highestRating))
        .add(DisplayData.item("timeColumn", timeColumn))
        .add(DisplayData.item("timeUnit", timeUnit.name()));
  }
}
