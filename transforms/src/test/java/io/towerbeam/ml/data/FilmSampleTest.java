package io.towerbeam.ml.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.schemas.Interaction;
import io.towerbeam.schemas.Item;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class FilmSampleTest {
  private static final FilmSample SAMPLE = FilmSample.generate(FilmSample.DEFAULT_SEED);
  private static final SampleSplit SPLIT = new SampleSplit(SAMPLE.interactions());
  private static final Map<String, Item> ITEMS =
      SAMPLE.items().stream().collect(Collectors.toMap(Item::getId, Function.identity()));

  @Test
  void theSameSeedGivesTheSameSampleOnEveryMachine() {
    CRC32 digest = new CRC32();
    SAMPLE.items().forEach(item -> digest.update(bytes(item)));
    SAMPLE.interactions().forEach(row -> digest.update(bytes(row)));

    assertThat(digest.getValue()).isEqualTo(1525825005L);
  }

  @Test
  void anotherSeedGivesAnotherSample() {
    FilmSample other = FilmSample.generate(FilmSample.DEFAULT_SEED + 1);

    assertThat(other.items()).isNotEqualTo(SAMPLE.items());
    assertThat(other.interactions()).isNotEqualTo(SAMPLE.interactions());
  }

  @Test
  void hasAThousandUsersAndSomeHundredFilms() {
    assertThat(SAMPLE.interactions().stream().map(Interaction::getUserId).distinct()).hasSize(1000);
    assertThat(SAMPLE.items()).hasSize(480);
    assertThat(SAMPLE.interactions()).hasSizeBetween(50_000, 100_000);
  }

  @Test
  void everyFilmHasItsOwnTitleWithTheYearInBrackets() {
    assertThat(SAMPLE.items())
        .extracting(item -> item.getTitle().replaceFirst(" \\(.*", ""))
        .doesNotHaveDuplicates();
    assertThat(SAMPLE.items())
        .allSatisfy(
            item -> {
              assertThat(item.getTitle()).endsWith(" (" + item.getReleaseYear() + ")");
              assertThat(item.getReleaseYear()).isBetween(1955, 2022);
            });
  }

  @Test
  void everyFilmHasOneToThreeOfFourteenGenres() {
    assertThat(SAMPLE.items())
        .allSatisfy(
            item -> assertThat(item.getCategories()).hasSizeBetween(1, 3).doesNotHaveDuplicates());
    assertThat(SAMPLE.items().stream().flatMap(item -> item.getCategories().stream()).distinct())
        .hasSize(14);
  }

  @Test
  void nobodyRatesAFilmTwiceOrBeforeItIsOut() {
    assertThat(SAMPLE.interactions().stream().map(row -> row.getUserId() + "/" + row.getItemId()))
        .doesNotHaveDuplicates();
    assertThat(SAMPLE.interactions())
        .allSatisfy(
            row -> {
              int year = Instant.ofEpochSecond(row.getTime()).atZone(ZoneOffset.UTC).getYear();
              assertThat(year).isGreaterThanOrEqualTo(ITEMS.get(row.getItemId()).getReleaseYear());
            });
  }

  @Test
  void everyRatingIsGiven() {
    assertThat(SAMPLE.interactions().stream().map(Interaction::getRating).distinct())
        .containsExactlyInAnyOrder(1f, 2f, 3f, 4f, 5f);
  }

  @Test
  void rowsAreInTheOrderOfTime() {
    assertThat(SAMPLE.interactions()).extracting(Interaction::getTime).isSorted();
  }

  @Test
  void theWarmSplitHasTestUsersAndLeavesOutRowsOfEveryKind() {
    assertThat(SPLIT.test).hasSizeGreaterThanOrEqualTo(100);
    assertThat(SPLIT.coldUserRows).isPositive();
    assertThat(SPLIT.coldItemRows).isPositive();
    assertThat(SPLIT.lightTrainRows).isPositive();
    assertThat(SPLIT.lightTestRows).isPositive();
  }

  @Test
  void neighboursOfSeenFilmsBeatPopularityClearly() {
    Map<String, Set<String>> audiences = new HashMap<>();
    SPLIT.trainCounts.keySet().forEach(item -> audiences.put(item, audience(item)));

    assertThat(SPLIT.ndcg(likeness(audiences))).isGreaterThan(1.3 * popularity());
  }

  @Test
  void genresAndTitleWordsOfSeenFilmsBeatPopularityClearly() {
    Map<String, Set<String>> contents = new HashMap<>();
    ITEMS.forEach((id, item) -> contents.put(id, content(item)));

    assertThat(SPLIT.ndcg(likeness(contents))).isGreaterThan(1.3 * popularity());
  }

  /** The sum over the seen items of the cosine between their sets and the item's. */
  private static SampleSplit.Scorer likeness(Map<String, Set<String>> sets) {
    Map<String, Map<String, Double>> cosines = new HashMap<>();
    sets.forEach(
        (a, setOfA) -> {
          Map<String, Double> row = new HashMap<>();
          sets.forEach((b, setOfB) -> row.put(b, cosine(setOfA, setOfB)));
          cosines.put(a, row);
        });
    return (history, item) -> history.stream().mapToDouble(cosines.get(item)::get).sum();
  }

  private static double popularity() {
    return SPLIT.ndcg((history, item) -> SPLIT.trainCounts.get(item));
  }

  private static Set<String> audience(String item) {
    return SPLIT.train.entrySet().stream()
        .filter(user -> user.getValue().contains(item))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Set<String> content(Item item) {
    Set<String> words = new HashSet<>(item.getCategories());
    words.addAll(List.of(item.getTitle().replaceAll(" \\(.*", "").split("\\W+")));
    words.removeAll(Set.of("The", "of"));
    return words;
  }

  private static double cosine(Set<String> a, Set<String> b) {
    long common = a.stream().filter(b::contains).count();
    return common / Math.sqrt((double) a.size() * b.size());
  }

  private static byte[] bytes(Object record) {
    return record.toString().getBytes(StandardCharsets.UTF_8);
  }
}
