package io.towerbeam.transforms.read;

import io.towerbeam.schemas.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Cuts one row's text into fields, quotes as RFC 4180 has them where the text is quoted. */
final class FieldCutter {
  private final String separator;
  private final CSVFormat quotedFormat;

  FieldCutter(DelimitedText text) {
    separator = text.separator();
    quotedFormat = text.quoted() ? CSVFormat.RFC4180.builder().setDelimiter(separator).get() : null;
  }

  /**
   * The fields of {@code row}.
   *
   * @throws RowFault NEWLINE_IN_QUOTES if a quote stays open, BAD_QUOTES if one is out of place
   */
  List<String> cut(String row) throws RowFault {
    return quotedFormat != null && row.indexOf('"') >= 0 ? cutQuoted(row) : cutPlain(row);
  }

  private List<String> cutPlain(String row) {
    List<String> fields = new ArrayList<>();
    int from = 0;
    for (int at = row.indexOf(separator); at >= 0; at = row.indexOf(separator, from)) {
      fields.add(row.substring(from, at));
      from = at + separator.length();
    }
    fields.add(row.substring(from));
    return fields;
  }

  private List<String> cutQuoted(String row) throws RowFault {
    List<CSVRecord> records;
    try {
      records = parse(row);
    } catch (IOException e) {
      throw quoteFault(row);
    }
    if (records.size() != 1) {
      throw new RowFault(
          RejectionReason.BAD_QUOTES, "a carriage return outside the quotes cuts the row");
    }
    return records.get(0).toList();
  }

  private RowFault quoteFault(String row) {
    try {
      // If one more quote mends the row, then what is wrong is that the last was not closed.
      parse(row + '"');
      return new RowFault(
          RejectionReason.NEWLINE_IN_QUOTES, "a quote is still open where the line ends");
    } catch (IOException e) {
      return new RowFault(
          RejectionReason.BAD_QUOTES, "text follows a closing quote before the next separator");
    }
  }

  private List<CSVRecord> parse(String row) throws IOException {
    try (CSVParser parser = CSVParser.parse(row, quotedFormat)) {
      return parser.getRecords();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
