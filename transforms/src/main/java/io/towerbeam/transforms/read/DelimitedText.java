package io.towerbeam.transforms.read;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;

/**
 * How a text file is cut into lines and fields. Lines end in {@code \n} or {@code \r\n}; the last
 * may lack its end.
 *
 * @param separator what stands between fields: printable ASCII or tabs, without a quote; one
 *     character if {@code quoted}
 * @param quoted whether fields may stand in double quotes, as RFC 4180 has it; otherwise a quote is
 *     a character like any other
 * @param encoding how bytes stand for characters
 * @param columns the fields' names in order; empty if each file's first line tells them
 */
public record DelimitedText(
    String separator, boolean quoted, TextEncoding encoding, List<String> columns)
    implements Serializable, HasDisplayData {

  /** Checks the settings. */
  public DelimitedText {
    if (!separator.matches("[\\t\\x20-\\x7e&&[^\"]]+")) {
      throw new IllegalArgumentException(
          "separator \"%s\": give printable ASCII or tabs, without a quote".formatted(separator));
    }
    if (quoted && separator.length() != 1) {
      throw new IllegalArgumentException(
          "separator \"%s\": give one character where fields may be quoted".formatted(separator));
    }
    columns = List.copyOf(columns);
  }

  /** Quoted UTF-8 text whose first line names the columns. */
  public static DelimitedText withHeader(String separator) {
    return new DelimitedText(separator, true, TextEncoding.UTF_8, List.of());
  }

  /** Text without quotes or header, whose columns are {@code columns}. */
  public static DelimitedText withColumns(
      String separator, TextEncoding encoding, List<String> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns: give at least one where there is no header");
    }
    return new DelimitedText(separator, false, encoding, columns);
  }

  /**
   * The separator that a file pattern's suffix stands for: a comma for {@code .csv}, a tab for
   * {@code .tsv}, also before a compression's suffix as in {@code .csv.gz}.
   *
   * @throws InputException if the suffix is neither
   */
  public static String separatorOf(String pattern) {
    return separator(pattern)
        .orElseThrow(
            () ->
                new InputException(
                    pattern
                        + ": the suffix is none of .csv, .tsv, .avro and .parquet, and the content"
                        + " is neither Avro nor Parquet"));
  }

  /** Whether a file's name ends as those of delimited text do. */
  static boolean isNameOfOne(String name) {
    return separator(name).isPresent();
  }

  private static Optional<String> separator(String pattern) {
    String name = pattern.toLowerCase(Locale.ROOT).replaceAll("\\*$", "");
    if (name.matches(".*\\.csv(\\.[a-z0-9]+)?")) {
      return Optional.of(",");
    }
    return name.matches(".*\\.tsv(\\.[a-z0-9]+)?") ? Optional.of("\t") : Optional.empty();
  }

  /** Whether each file's first line names the columns. */
  public boolean hasHeader() {
    return columns.isEmpty();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("separator", separator))
        .add(DisplayData.item("quoted", quoted))
        .add(DisplayData.item("encoding", encoding.charset().name()))
        .add(DisplayData.item("columns", hasHeader() ? "header" : String.join(", ", columns)));
  }
}
