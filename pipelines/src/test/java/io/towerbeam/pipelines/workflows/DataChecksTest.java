package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.options.DataCheckOptions;
import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.PrepareOptions;
import io.towerbeam.schemas.DataStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each of the {@link DataCheckOptions}, by data that lie on the edge of it. */
class DataChecksTest {
  private static final long DAY = 86_400;

  private static DataStatistics.Builder data() {
    return DataStatistics.newBuilder()
        .setInteractionsRead(1_100)
        .setInteractionsBelowMinRating(100)
        .setInteractionsWithUnknownItem(250)
        .setDuplicates(200)
        .setInteractions(800)
        .setUsers(20)
        .setItems(30)
        .setFirstTime(0L)
        .setLastTime(9 * DAY);
  }

  private static List<String> reasons(DataStatistics data, String... args) {
    PrepareOptions options = OptionParser.into(PrepareOptions.class).parse(List.of(args));
    options.setStartTime("1970-01-15T12:00:00Z"); // 5.5 days after the last interaction
    return DataChecks.of(options).apply(data);
  }

  @Test
  void nothingSpeaksAgainstDataUnlessItIsAskedFor() {
    assertThat(reasons(data().build())).isEmpty();
    assertThat(
            reasons(
                data().setComparedWith("r").setItemDrift(9.).setActivityDrift(9.).build(),
                "--minInteractions=800",
                "--minUsers=20",
                "--minItems=30",
                "--minDays=9",
                "--maxDaysOld=5.5",
                "--maxDuplicateFraction=0.2",
                "--maxUnknownItemFraction=0.25",
                "--maxItemDrift=9",
                "--maxActivityDrift=9"))
        .isEmpty();
  }

  @Test
  void tooLittleOfSomethingIsTold() {
    assertThat(
            reasons(
                data().build(),
                "--minInteractions=2000",
                "--minUsers=21",
                "--minItems=31",
                "--minDays=9.5"))
        .containsExactly(
            "the data have 800 interactions, fewer than --minInteractions=2000 asks for",
            "the data have 20 users, fewer than --minUsers=21 asks for",
            "the data have 30 items, fewer than --minItems=31 asks for",
            "the data span 9.00 days, from 1970-01-01T00:00:00Z to 1970-01-10T00:00:00Z, fewer"
                + " than --minDays=9.5 asks for");
  }

  @Test
  void tooMuchOfSomethingIsTold() {
    assertThat(
            reasons(
                data().build(),
                "--maxDuplicateFraction=0.1",
                "--maxUnknownItemFraction=0.2",
                "--maxDaysOld=5"))
        .containsExactly(
            "the last interaction, of 1970-01-10T00:00:00Z, is 5.50 days old, more than"
                + " --maxDaysOld=5.0 allows",
            "the data have 200 duplicates among 1,000, a share of 0.200000, more than"
                + " --maxDuplicateFraction=0.1 allows",
            "the data have 250 interactions with an item that the catalogue lacks among 1,000, a"
                + " share of 0.250000, more than --maxUnknownItemFraction=0.2 allows");
  }

  @Test
  void driftIsTold() {
    assertThat(
            reasons(
                data().setComparedWith("r").setItemDrift(.3).setActivityDrift(.2).build(),
                "--maxItemDrift=0.25",
                "--maxActivityDrift=0.1"))
        .containsExactly(
            "items by number of interactions have drifted by 0.3000 since run r, more than"
                + " --maxItemDrift=0.25 allows",
            "users by number of interactions have drifted by 0.2000 since run r, more than"
                + " --maxActivityDrift=0.1 allows");
  }

  @Test
  void aFirstRunHasNotDrifted() {
    assertThat(reasons(data().build(), "--maxItemDrift=0", "--maxActivityDrift=0")).isEmpty();
  }

  @Test
  void ofNoInteractionsTheirNumberAloneIsTold() {
    DataStatistics none =
        DataStatistics.newBuilder().setInteractions(0).setUsers(0).setItems(0).build();
    assertThat(reasons(none, "--minDays=3", "--minUsers=0", "--minItems=0"))
        .containsExactly("the data have 0 interactions, fewer than --minInteractions=1 asks for");
  }
}
