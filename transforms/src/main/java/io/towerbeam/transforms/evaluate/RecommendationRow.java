package io.towerbeam.transforms.evaluate;

import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.schemas.RejectionReason;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One place of one user's list, as a row of a CSV file has it.
 *
 * @param model the model, empty if the row names none
 * @param userId the user, not empty
 * @param rank at least 1
 * @param item the item, with score 0 if the row has none
 */
record RecommendationRow(String model, String userId, int rank, RecommendedItem item) {
  static final String USER = "user_id";
  static final String RANK = "rank";
  static final String ITEM = "item_id";
  static final String SCORE = "score";
  static final String MODEL = "model";

  /** The columns without which there is no row. */
  static final List<String> REQUIRED_COLUMNS = List.of(USER, RANK, ITEM);

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

  /**
   * The row that {@code fields} hold, where {@code header} names the columns.
   *
   * @throws BadRowException if there are more or fewer fields than columns, an id is empty, or rank
   *     or score is no number of its kind
   */
  static RecommendationRow parse(List<String> header, List<String> fields) throws BadRowException {
    if (fields.size() != header.size()) {
      throw new BadRowException(
          RejectionReason.WRONG_FIELD_COUNT,
          "the row has %d fields, the header %d".formatted(fields.size(), header.size()));
    }
    return new RecommendationRow(
        field(header, fields, MODEL),
        id(header, fields, USER),
        rank(field(header, fields, RANK)),
        new RecommendedItem(id(header, fields, ITEM), score(field(header, fields, SCORE))));
  }

  private static String field(List<String> header, List<String> fields, String column) {
    int place = header.indexOf(column);
    return place < 0 ? "" : fields.get(place);
  }

  private static String id(List<String> header, List<String> fields, String column)
      throws BadRowException {
    String id = field(header, fields, column);
    if (id.isEmpty()) {
      throw new BadRowException(RejectionReason.EMPTY_ID, column + " is empty");
    }
    return id;
  }

  private static int rank(String field) throws BadRowException {
    int rank = WHOLE_NUMBER.matcher(field).matches() ? Integer.parseInt(field) : 0;
    if (rank < 1) {
      throw new BadRowException(
          RejectionReason.BAD_RANK,
          "rank is '%s'; it must be a whole number from 1 to 999999999".formatted(field));
    }
    return rank;
  }

  private static float score(String field) throws BadRowException {
    float score = field.isEmpty() ? 0 : numberOrNaN(field);
    if (!Float.isFinite(score)) {
      throw new BadRowException(
          RejectionReason.BAD_SCORE,
          "score is '%s'; it must be a finite float32 number".formatted(field));
    }
    return score;
  }

  private static float numberOrNaN(String field) {
    try {
      return Float.parseFloat(field);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }
}
