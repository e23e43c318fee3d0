package io.towerbeam.transforms.evaluate;

import io.towerbeam.schemas.RejectionReason;
import io.towerbeam.transforms.testing.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists in CSV of any bytes: rows are taken or rejected, or the header is refused. */
@Timeout(3600)
class FuzzedListsTest {
  private static final int INPUTS = 10_000;
  private static final List<byte[]> EXAMPLES =
      List.of(
          "user_id,rank,item_id,score,model\nu,1,a,.5,ease\nu,2,b,.25,ease\nv,1,\"c,\",,\n"
              .getBytes(StandardCharsets.UTF_8),
          "\ufeffuser_id,rank,item_id\r\nu,1,a\r\nu,1,b\r\n".getBytes(StandardCharsets.UTF_8));

  @Test
  void listsOfAnyBytesAreReadOrRefused() {
    fuzz(INPUTS);
  }

  @Test
  @Tag("nightly")
  void manyListsOfAnyBytesAreReadOrRefused() {
    fuzz(INPUTS * Fuzzer.NIGHTLY);
  }

  private static void fuzz(int count) {
    new Fuzzer(
            "recommendations in CSV",
            input -> {
              RecommendationCsv csv = RecommendationCsv.read(input, "lists.csv", false, "m");
              EnumSet<RejectionReason> reasons = EnumSet.noneOf(RejectionReason.class);
              csv.rejected().forEach(record -> reasons.add(record.getReason()));
              return 32 - Integer.numberOfLeadingZeros(csv.lists().size()) + " " + reasons;
            },
            List.of(IllegalArgumentException.class))
        .run(count, EXAMPLES);
  }
}
