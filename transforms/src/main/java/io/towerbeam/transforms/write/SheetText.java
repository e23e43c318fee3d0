package io.towerbeam.transforms.write;

/** Text for a table that people open in a spreadsheet. */
final class SheetText {
  /** What a spreadsheet takes for the beginning of a formula. */
  private static final String BEGINNINGS = "=+-@\t\r\n";

  private SheetText() {}

  /** The text, with an apostrophe before it where a spreadsheet would reckon it as a formula. */
  static String of(String text) {
    boolean isFormula = !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0;
    return isFormula ? "'" + text : text;
  }
}
