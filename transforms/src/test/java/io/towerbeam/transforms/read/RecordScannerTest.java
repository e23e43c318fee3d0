package io.towerbeam.transforms.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

class RecordScannerTest {

  @Property(tries = 300)
  void writtenRecordsAreFoundAgainWhateverIsInTheirFields(
      @ForAll("records") List<List<String>> records) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecords(records);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    List<List<String>> found = new ArrayList<>();
    FieldCutter cutter = new FieldCutter(DelimitedText.withHeader(","));
    RecordScanner scanner = new RecordScanner(bytes, 0, DelimitedText.withHeader(","));
    while (scanner.next()) {
      found.add(cut(cutter, bytes, scanner));
    }

    assertThat(found).isEqualTo(records);
  }

  @Property(tries = 300)
  void aCatalogueOfRandomBytesLosesNoByteAndNeverThrows(@ForAll("bytes") byte[] bytes)
      throws IOException {
    Path file = Files.createTempFile("catalogue", ".csv");
    try {
      Files.write(file, bytes);
      ItemFormat format =
          ItemFormat.of(
              new DelimitedText(",", true, TextEncoding.UTF_8, List.of("id", "title")),
              "id",
              "title",
              "");

      Catalogue catalogue = Catalogue.read(file.toString(), format);

      assertThat(catalogue.items().size() + catalogue.rejected().size())
          .isLessThanOrEqualTo(bytes.length);
      assertThat(catalogue.items().isEmpty() && catalogue.rejected().isEmpty())
          .isEqualTo(bytes.length == 0);
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<List<List<String>>> records() {
    return Arbitraries.strings()
        .withChars("ab ,\"\n\ré")
        .ofMinLength(1)
        .ofMaxLength(6)
        .list()
        .ofSize(3)
        .list()
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<Byte> telling =
        Arbitraries.of((byte) '\n', (byte) '\r', (byte) ',', (byte) '"', (byte) '1');
    return Arbitraries.oneOf(Arbitraries.bytes(), telling, telling)
        .array(byte[].class)
        .ofMaxSize(200);
  }

  private static List<String> cut(FieldCutter cutter, byte[] bytes, RecordScanner scanner) {
    int length = scanner.to() - scanner.from();
    try {
      return cutter.cut(new String(bytes, scanner.from(), length, StandardCharsets.UTF_8));
    } catch (RowFault e) {
      throw new AssertionError(e);
    }
  }
}
