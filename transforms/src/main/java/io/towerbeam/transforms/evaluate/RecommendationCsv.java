package io.towerbeam.transforms.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.towerbeam.schemas.Recommendation;
import io.towerbeam.schemas.RecommendedItem;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The lists of one CSV file: UTF-8, comma-separated, a header with {@code user_id}, {@code rank},
 * {@code item_id} and maybe {@code score} and {@code model}, in any order among other columns.
 *
 * <p>Rows may stand in any order; a list is sorted by rank, and gaps between ranks close up. Lists
 * come in the order of their first rows. A row with a fault is rejected and the rest is read on; so
 * that this is possible, a line break inside quotes is a fault. All rows are held in memory, some
 * 150 bytes each. Not thread-safe.
 */
final class RecommendationCsv {
  private static final int MAX_PAYLOAD = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(UTF_8);

  private final String source;
  private final String defaultModel;
  private final Map<ListKey, TreeMap<Integer, RecommendedItem>> lists = new LinkedHashMap<>();
  private final List<RejectedRecord> rejected = new ArrayList<>();
  private List<String> header = List.of();

  private record ListKey(String model, String userId) {}

  private RecommendationCsv(String source, String defaultModel) {
    this.source = source;
    this.defaultModel = defaultModel;
  }

  /**
   * Reads a file.
   *
   * @param content the file's bytes, decompressed
   * @param source the file's name, for messages
   * @param compressed whether the bytes' places differ from those in the file
   * @param defaultModel the model of rows that name none
   * @throws IllegalArgumentException if the header lacks a column or cannot be read
   */
  static RecommendationCsv read(
      byte[] content, String source, boolean compressed, String defaultModel) {
    RecommendationCsv csv = new RecommendationCsv(source, defaultModel);
    int headerEnd = indexOfNewline(content, 0);
    csv.readHeader(line(content, headerStart(content), headerEnd));
    int start = headerEnd + 1;
    while (start < content.length) {
      int end = indexOfNewline(content, start);
      csv.readRow(line(content, start, end), compressed ? -1 : start);
      start = end + 1;
    }
    return csv;
  }

  /** The lists that the good rows make. */
  List<Recommendation> lists() {
    return lists.entrySet().stream().map(RecommendationCsv::recommendation).toList();
  }

  /** The other rows, in the file's order. */
  List<RejectedRecord> rejected() {
    return rejected;
  }

  private static Recommendation recommendation(
      Map.Entry<ListKey, TreeMap<Integer, RecommendedItem>> list) {
    return new Recommendation(
        list.getKey().model(), list.getKey().userId(), List.copyOf(list.getValue().values()));
  }

  private static int headerStart(byte[] content) {
    int length = BYTE_ORDER_MARK.length;
    boolean marked =
        content.length >= length && Arrays.equals(content, 0, length, BYTE_ORDER_MARK, 0, length);
    return marked ? length : 0;
  }

  private static int indexOfNewline(byte[] content, int from) {
    int at = from;
    while (at < content.length && content[at] != '\n') {
      at++;
    }
    return at;
  }

  private static byte[] line(byte[] content, int start, int newline) {
    boolean carriageReturn = newline > start && content[newline - 1] == '\r';
    return Arrays.copyOfRange(content, start, carriageReturn ? newline - 1 : newline);
  }

  private void readHeader(byte[] line) {
    try {
      header = fields(line);
    } catch (BadRowException e) {
      throw new IllegalArgumentException(
          "%s does not begin with a header: %s".formatted(source, e.getMessage()), e);
    }
    for (String column : RecommendationRow.REQUIRED_COLUMNS) {
      if (!header.contains(column)) {
        throw new IllegalArgumentException(
            "%s has no column %s; its header is %s"
                .formatted(source, column, String.join(",", header)));
      }
    }
  }

  private void readRow(byte[] line, long offset) {
    try {
      add(RecommendationRow.parse(header, fields(line)));
    } catch (BadRowException e) {
      rejected.add(
          RejectedRecord.newBuilder()
              .setStage("ReadRecommendations")
              .setReason(e.reason())
              .setMessage(e.getMessage())
              .setPayload(ByteBuffer.wrap(line, 0, Math.min(line.length, MAX_PAYLOAD)))
              .setSource(source)
              .setOffset(offset)
              .build());
    }
  }

  private void add(RecommendationRow row) throws BadRowException {
    ListKey key = new ListKey(row.model().isEmpty() ? defaultModel : row.model(), row.userId());
    Map<Integer, RecommendedItem> list = lists.computeIfAbsent(key, newList -> new TreeMap<>());
    if (list.putIfAbsent(row.rank(), row.item()) != null) {
      throw new BadRowException(
          RejectionReason.BAD_RANK,
          "user %s has an item at rank %d already".formatted(row.userId(), row.rank()));
    }
  }

  private static List<String> fields(byte[] line) throws BadRowException {
    if (line.length == 0) {
      throw new BadRowException(RejectionReason.EMPTY_LINE, "the line is empty");
    }
    String text = decode(line);
    if (text.indexOf('"') < 0) {
      // Most files have no quotes at all, and a parser per line allocates 16 KiB each time.
      return Arrays.asList(text.split(",", -1));
    }
    try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
      // A bare carriage return makes several records of a line: then it has too many fields.
      return parser.stream().flatMap(CSVRecord::stream).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BadRowException(
          RejectionReason.BAD_QUOTES,
          "a quoted field must end on its line, before a comma or the line's end");
    }
  }

  private static String decode(byte[] line) throws BadRowException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRowException(RejectionReason.BAD_ENCODING, "the line is not UTF-8");
    }
  }
}
