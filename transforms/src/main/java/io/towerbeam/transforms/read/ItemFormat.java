package io.towerbeam.transforms.read;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;

/**
 * What the columns of a catalogue mean. Columns not named here go to {@code attributes}.
 *
 * @param text how the files are cut into fields
 * @param idColumn the column of item ids
 * @param titleColumn the column of titles; empty if there is none
 * @param categoriesColumn the column of categories; empty if there is none
 * @param categorySeparator what stands between the categories of an item; not empty
 * @param categoryFlags columns named after a category, {@code 1} where the item is in it
 * @param titleMayHoldSeparator whether a row with too many fields is one whose title, the second of
 *     three columns and unquoted, holds the separator; it is then cut at the first and the last
 */
public record ItemFormat(
    DelimitedText text,
    String idColumn,
    String titleColumn,
    String categoriesColumn,
    String categorySeparator,
    List<String> categoryFlags,
    boolean titleMayHoldSeparator)
    implements Serializable, HasDisplayData {

  /** Checks the settings. */
  public ItemFormat {
    if (categorySeparator.isEmpty()) {
      throw new IllegalArgumentException("category separator: give at least one character");
    }
    if (titleMayHoldSeparator
        && (text.quoted()
            || text.columns().size() != 3
            || !text.columns().get(1).equals(titleColumn))) {
      throw new IllegalArgumentException(
          "a title may hold the separator only as the second of three unquoted columns, not in "
              + text.columns());
    }
    categoryFlags = List.copyOf(categoryFlags);
  }

  /**
   * Categories separated by {@code |}.
   *
   * @param titleColumn empty if there is none
   * @param categoriesColumn empty if there is none
   */
  public static ItemFormat of(
      DelimitedText text, String idColumn, String titleColumn, String categoriesColumn) {
    return new ItemFormat(text, idColumn, titleColumn, categoriesColumn, "|", List.of(), false);
  }

  /** The same with {@code separator} between the categories of an item. */
  public ItemFormat withCategorySeparator(String separator) {
    return new ItemFormat(
        text,
        idColumn,
        titleColumn,
        categoriesColumn,
        separator,
        categoryFlags,
        titleMayHoldSeparator);
  }

  /** The same with {@code columns} as 0/1 flags, each the name of a category. */
  public ItemFormat withCategoryFlags(List<String> columns) {
    return new ItemFormat(
        text,
        idColumn,
        titleColumn,
        categoriesColumn,
        categorySeparator,
        columns,
        titleMayHoldSeparator);
  }

  /** The same, taking titles that hold the separator. */
  public ItemFormat withSeparatorInTitle() {
    return new ItemFormat(
        text, idColumn, titleColumn, categoriesColumn, categorySeparator, categoryFlags, true);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .include("text", text)
        .add(DisplayData.item("idColumn", idColumn))
        .add(DisplayData.item("titleColumn", titleColumn))
        .add(DisplayData.item("categoriesColumn", categoriesColumn))
        .add(DisplayData.item("categorySeparator", categorySeparator))
        .add(DisplayData.item("categoryFlags", String.join(", ", categoryFlags)))
        .add(DisplayData.item("titleMayHoldSeparator", titleMayHoldSeparator));
  }
}
