package io.towerbeam.pipelines.faults;

import io.towerbeam.schemas.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * A log of 100,000 rows, of which each hundredth is bad in one of ten ways. A row with a line end
 * in quotes is two lines, and the reader goes by lines, so that its second half is one more.
 */
final class DirtyLog {
  static final int ROWS = 100_000;
  static final int BAD_ROWS = 1_000;

  private static final int USERS = 500;
  static final int ITEMS = 200;
  private static final int LONGEST_LINE = 64 * 1024;

  private DirtyLog() {}

  /** How many lines are to be rejected for which reason. */
  static Map<RejectionReason, Integer> expected() {
    Map<RejectionReason, Integer> reasons = new EnumMap<>(RejectionReason.class);
    reasons.put(RejectionReason.WRONG_FIELD_COUNT, 100);
    reasons.put(RejectionReason.EMPTY_ID, 100);
    reasons.put(RejectionReason.BAD_RATING, 100);
    reasons.put(RejectionReason.TIME_OUT_OF_RANGE, 100); // half negative, half far in the future
    reasons.put(RejectionReason.BAD_ENCODING, 100);
    reasons.put(RejectionReason.LINE_TOO_LONG, 100);
    reasons.put(RejectionReason.NUL_CHARACTER, 100);
    reasons.put(RejectionReason.NEWLINE_IN_QUOTES, 100 + 100); // both halves have a quote open
    reasons.put(RejectionReason.RATING_OUT_OF_RANGE, 100);
    reasons.put(RejectionReason.EMPTY_LINE, 100);
    return reasons;
  }

  /** The whole log in MovieLens' CSV. */
  static byte[] log() {
    ByteArrayOutputStream out = header();
    for (int row = 0; row < ROWS; row++) {
      if (isBad(row)) {
        out.writeBytes(bad(row));
      } else {
        out.writeBytes(good(row));
      }
      out.write('\n');
    }
    return out.toByteArray();
  }

  /** The log, and behind it the bad rows as they should have been, so many times. */
  static byte[] logAndRepaired(int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(log());
    for (int time = 0; time < times; time++) {
      for (int row = 0; row < ROWS; row++) {
        if (isBad(row)) {
          out.writeBytes(good(row));
          out.write('\n');
        }
      }
    }
    return out.toByteArray();
  }

  /** The catalogue. */
  static byte[] items() {
    StringBuilder rows = new StringBuilder("movieId,title,genres\n");
    for (int item = 0; item < ITEMS; item++) {
      rows.append("%d,Film %d (1990),Drama\n".formatted(item, item));
    }
    return rows.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ByteArrayOutputStream header() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("userId,movieId,rating,timestamp\n".getBytes(StandardCharsets.US_ASCII));
    return out;
  }

  private static boolean isBad(int row) {
    return row % (ROWS / BAD_ROWS) == 17;
  }

  private static byte[] good(int row) {
    return ascii(user(row) + "," + item(row) + ",4.0," + time(row));
  }

  /** The kind goes round from one bad row to the next. */
  private static byte[] bad(int row) {
    int number = row / (ROWS / BAD_ROWS);
    String user = user(row);
    String item = item(row);
    long time = time(row);
    return switch (number % 10) {
      case 0 -> ascii(user + "," + item + ",4.0");
      case 1 -> ascii("," + item + ",4.0," + time);
      case 2 -> ascii(user + "," + item + ",NaN," + time);
      case 3 -> ascii(user + "," + item + ",4.0," + (number % 20 < 10 ? -time : 99_999_999_999L));
      case 4 -> (user + "\u00ff," + item + ",4.0," + time).getBytes(StandardCharsets.ISO_8859_1);
      case 5 -> ascii(user + "," + item + ",4.0," + "9".repeat(LONGEST_LINE));
      case 6 -> ascii(user + "\0," + item + ",4.0," + time);
      case 7 -> ascii(user + ",\"" + item + "\n\",4.0," + time);
      case 8 -> ascii(user + "," + item + ",5.5," + time);
      default -> new byte[0];
    };
  }

  private static String user(int row) {
    return String.valueOf(row % USERS);
  }

  private static String item(int row) {
    return String.valueOf((row * 7 + row / USERS) % ITEMS);
  }

  private static long time(int row) {
    return 1_000_000_000L + row;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
