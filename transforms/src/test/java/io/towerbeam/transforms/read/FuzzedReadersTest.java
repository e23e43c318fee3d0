package io.towerbeam.transforms.read;

import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.testing.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs and catalogues of any bytes: rows are taken or rejected, or the header is refused. */
@Timeout(3600)
class FuzzedReadersTest {
  private static final int INPUTS = 10_000;
  private static final List<byte[]> LOGS =
      examples(
          "userId,movieId,rating,timestamp\n1,2,4.5,978300760\n3,4,1,978300761\r\n",
          "userId,movieId,rating,timestamp\n\"a \"\"b\"\"\",2,,1\n,,,\n\n",
          "1::2::5::978300760\n6040::\u00e9::1::956703932\n");
  private static final List<byte[]> CATALOGUES =
      examples(
          "movieId,title,genres\n1,Toy Story (1995),Animation|Comedy\n2,\"A, B\n(1990)\",Drama\n",
          "1::Toy Story (1995)::Animation|Comedy\n2::Heat::(no genres listed)\n");

  @TempDir Path temp;

  private static List<byte[]> examples(String... texts) {
    return List.of(texts).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Test
  void logsOfAnyBytesAreReadOrRefused() {
    fuzzLogs(INPUTS);
  }

  @Test
  @Tag("nightly")
  void manyLogsOfAnyBytesAreReadOrRefused() {
    fuzzLogs(INPUTS * Fuzzer.NIGHTLY);
  }

  @Test
  void cataloguesOfAnyBytesAreReadOrRefused() {
    fuzzCatalogues(INPUTS);
  }

  @Test
  @Tag("nightly")
  void manyCataloguesOfAnyBytesAreReadOrRefused() {
    fuzzCatalogues(INPUTS * Fuzzer.NIGHTLY);
  }

  private static void fuzzLogs(int count) {
    new Fuzzer(
            "interactions in CSV",
            input -> outcome(ParsedLog.of(input, ParsedLog.CSV, 1 + input.length / 2)),
            List.of(InputException.class))
        .run(count / 2, LOGS);
    new Fuzzer(
            "interactions in .dat",
            input -> outcome(ParsedLog.of(input, ParsedLog.DAT, 1 + input.length / 2)),
            List.of(InputException.class))
        .run(count / 2, LOGS);
  }

  private void fuzzCatalogues(int count) {
    Path file = temp.resolve("movies.csv");
    ItemFormat format = ItemFormat.of(DelimitedText.withHeader(","), "movieId", "title", "genres");
    new Fuzzer(
            "items",
            input -> {
              Files.write(file, input);
              Catalogue catalogue = Catalogue.read(file.toString(), format);
              return outcome(catalogue.items().size(), catalogue.rejected());
            },
            List.of(InputException.class))
        .run(count, CATALOGUES);
  }

  private static String outcome(ParsedLog log) {
    return outcome(log.rows().size(), log.rejected());
  }

  private static String outcome(int rows, List<RejectedRecord> rejected) {
    EnumSet<RejectionReason> reasons = EnumSet.noneOf(RejectionReason.class);
    rejected.forEach(record -> reasons.add(record.getReason()));
    return 32 - Integer.numberOfLeadingZeros(rows) + " " + reasons;
  }
}
