package io.towerbeam.transforms.read;

import io.towerbeam.ml.data.BlockBuilder;
import io.towerbeam.schemas.RejectionReason;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From a line to a row of a block. Not thread-safe. */
final class InteractionParser {
  /** Whatever is later is no time that something was taken at. */
  static final long LATEST_SECOND = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

  private static final int NO_COLUMN = -1;

  private final InteractionFormat format;
  private final List<String> columns;
  private final int user;
  private final int item;
  private final int rating;
  private final int time;
  private final long latestTime;
  private final ByteFields fields;
  private final FieldCutter cutter;

  /**
   * For rows below {@code table}.
   *
   * @throws InputException if it lacks a column
   */
  InteractionParser(InteractionFormat format, TableStart table) {
    this.format = format;
    columns = table.columns();
    user = table.position(format.userColumn());
    item = table.position(format.itemColumn());
    rating = table.optionalPosition(format.ratingColumn());
    time = table.position(format.timeColumn());
    latestTime = format.timeUnit().convert(LATEST_SECOND, TimeUnit.SECONDS);
    fields = new ByteFields(format.text(), columns.size());
    cutter = new FieldCutter(format.text());
  }

  /**
   * Adds the row {@code line[from, to)} to {@code block}.
   *
   * @throws RowFault if it is not taken; the block is as before
   */
  void parse(byte[] line, int from, int to, BlockBuilder block) throws RowFault {
    if (from == to) {
      throw new RowFault(RejectionReason.EMPTY_LINE, "the line is empty");
    }
    fields.find(line, from, to);
    if (fields.hasNul()) {
      throw new RowFault(RejectionReason.NUL_CHARACTER, "the line holds a NUL character");
    }
    if (fields.hasQuote() || needsDecoding()) {
      String text = decode(line, from, to);
      if (fields.hasQuote()) {
        fields.replace(cutter.cut(text));
      }
    }
    if (fields.count() != columns.size()) {
      throw new RowFault(
          RejectionReason.WRONG_FIELD_COUNT,
          "%d fields, not the %d columns %s"
              .formatted(fields.count(), columns.size(), String.join(", ", columns)));
    }
    block.add(id(user), id(item), rating(), seconds());
  }

  private boolean needsDecoding() {
    return fields.hasNotAscii() && format.text().encoding() != TextEncoding.ISO_8859_1;
  }

  private String decode(byte[] line, int from, int to) throws RowFault {
    TextEncoding encoding = format.text().encoding();
    try {
      return encoding.decode(line, from, to);
    } catch (CharacterCodingException e) {
      throw new RowFault(
          RejectionReason.BAD_ENCODING, "the line is not " + encoding.charset().name());
    }
  }

  private String id(int field) throws RowFault {
    if (fields.isEmpty(field)) {
      throw new RowFault(RejectionReason.EMPTY_ID, columns.get(field) + " is empty");
    }
    return fields.text(field);
  }

  private float rating() throws RowFault {
    if (rating == NO_COLUMN || (format.ratingOptional() && fields.isEmpty(rating))) {
      return Float.NaN;
    }
    float value;
    try {
      value = fields.real(rating);
    } catch (NumberFormatException e) {
      throw fault(RejectionReason.BAD_RATING, rating, "is not a number");
    }
    if (Float.isInfinite(value)) {
      throw fault(RejectionReason.BAD_RATING, rating, "is too large for a number");
    }
    if (value < format.lowestRating() || value > format.highestRating()) {
      throw fault(
          RejectionReason.RATING_OUT_OF_RANGE,
          rating,
          "is not from %s to %s".formatted(format.lowestRating(), format.highestRating()));
    }
    return value;
  }

  private long seconds() throws RowFault {
    long value;
    try {
      value = fields.whole(time);
    } catch (NumberFormatException e) {
      throw fault(RejectionReason.BAD_TIME, time, "is not a whole number");
    }
    if (value < 0 || value > latestTime) {
      throw fault(
          RejectionReason.TIME_OUT_OF_RANGE,
          time,
          "is not from 0 to %d, the start of 2100".formatted(latestTime));
    }
    return format.timeUnit().toSeconds(value);
  }

  private RowFault fault(RejectionReason reason, int field, String what) {
    return new RowFault(
        reason, "%s %s %s".formatted(columns.get(field), RowFault.shown(fields.text(field)), what));
  }
}
