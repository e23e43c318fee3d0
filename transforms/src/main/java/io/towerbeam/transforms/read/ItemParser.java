package io.towerbeam.transforms.read;

import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectionReason;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** From a catalogue's record to an item. Not thread-safe. */
final class ItemParser {
  private static final Pattern TRAILING_YEAR = Pattern.compile("\\((\\d{4})\\)\\s*$");
  private static final String NO_CATEGORIES = "(no genres listed)";
  private static final String FLAG_SET = "1";
  private static final int NO_COLUMN = -1;

  private final ItemFormat format;
  private final List<String> columns;
  private final int id;
  private final int title;
  private final int categories;
  private final int[] flags;
  private final int[] attributes;
  private final FieldCutter cutter;

  /**
   * For records below {@code table}.
   *
   * @throws InputException if it lacks a column
   */
  ItemParser(ItemFormat format, TableStart table) {
    this.format = format;
    columns = table.columns();
    id = table.position(format.idColumn());
    title = table.optionalPosition(format.titleColumn());
    categories = table.optionalPosition(format.categoriesColumn());
    flags = format.categoryFlags().stream().mapToInt(table::position).toArray();
    attributes = otherColumns();
    cutter = new FieldCutter(format.text());
  }

  /**
   * The item that {@code bytes[from, to)} describes.
   *
   * @throws RowFault if it is not taken
   */
  Item parse(byte[] bytes, int from, int to) throws RowFault {
    List<String> fields = fields(decode(bytes, from, to));
    if (fields.size() != columns.size()) {
      throw new RowFault(
          RejectionReason.WRONG_FIELD_COUNT,
          "%d fields, not the %d columns %s"
              .formatted(fields.size(), columns.size(), String.join(", ", columns)));
    }
    if (fields.get(id).isEmpty()) {
      throw new RowFault(RejectionReason.EMPTY_ID, format.idColumn() + " is empty");
    }
    String titleText = title == NO_COLUMN ? "" : fields.get(title);
    return item(fields.get(id), titleText, categories(fields), attributes(fields));
  }

  /** An item whose release year is what its title says. */
  static Item item(
      String id, String title, Set<String> categories, Map<String, String> attributes) {
    categories.removeAll(Set.of("", NO_CATEGORIES));
    return Item.newBuilder()
        .setId(id)
        .setTitle(title)
        .setCategories(new ArrayList<>(categories))
        .setReleaseYear(releaseYear(title))
        .setAttributes(attributes)
        .build();
  }

  private String decode(byte[] bytes, int from, int to) throws RowFault {
    if (from == to) {
      throw new RowFault(RejectionReason.EMPTY_LINE, "the line is empty");
    }
    if (to - from > RecordScanner.MAX_RECORD_BYTES) {
      throw new RowFault(
          RejectionReason.LINE_TOO_LONG,
          "the line is longer than %d bytes".formatted(RecordScanner.MAX_RECORD_BYTES));
    }
    TextEncoding encoding = format.text().encoding();
    String text;
    try {
      text = encoding.decode(bytes, from, to);
    } catch (CharacterCodingException e) {
      throw new RowFault(
          RejectionReason.BAD_ENCODING, "the row is not " + encoding.charset().name());
    }
    if (text.indexOf('\0') >= 0) {
      throw new RowFault(RejectionReason.NUL_CHARACTER, "the row holds a NUL character");
    }
    return text;
  }

  private List<String> fields(String row) throws RowFault {
    List<String> fields;
    try {
      fields = cutter.cut(row);
    } catch (RowFault fault) {
      // A catalogue may have line ends in quotes: a quote left open is a quote out of place.
      throw new RowFault(RejectionReason.BAD_QUOTES, fault.getMessage());
    }
    if (!format.titleMayHoldSeparator() || fields.size() <= columns.size()) {
      return fields;
    }
    int last = fields.size() - 1;
    return List.of(
        fields.get(0),
        String.join(format.text().separator(), fields.subList(1, last)),
        fields.get(last));
  }

  private Set<String> categories(List<String> fields) {
    Set<String> found = new LinkedHashSet<>();
    if (categories != NO_COLUMN) {
      found.addAll(
          Arrays.asList(fields.get(categories).split(Pattern.quote(format.categorySeparator()))));
    }
    for (int flag : flags) {
      if (fields.get(flag).equals(FLAG_SET)) {
        found.add(columns.get(flag));
      }
    }
    return found;
  }

  private static Integer releaseYear(String title) {
    Matcher matcher = TRAILING_YEAR.matcher(title);
    return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
  }

  private Map<String, String> attributes(List<String> fields) {
    Map<String, String> values = new TreeMap<>();
    for (int column : attributes) {
      values.put(columns.get(column), fields.get(column));
    }
    return values;
  }

  private int[] otherColumns() {
    Set<Integer> used = new HashSet<>(Arrays.asList(id, title, categories));
    Arrays.stream(flags).forEach(used::add);
    return IntStream.range(0, columns.size()).filter(column -> !used.contains(column)).toArray();
  }
}
