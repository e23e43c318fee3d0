package io.towerbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeLogTest {
  private static final int ROWS = 20_000;

  @TempDir private Path folder;

  @Test
  void writesSoManyRowsInParts() throws Exception {
    assertThat(rows("a")).hasSize(ROWS);
    try (var files = Files.list(folder.resolve("a"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "items.csv", "ratings-00000.csv", "ratings-00001.csv", "ratings-00002.csv");
    }
    assertThat(Files.readAllLines(folder.resolve("a/items.csv"))).hasSize(2_001);
  }

  @Test
  void theSameSeedGivesTheSameRows() throws Exception {
    assertThat(rows("a")).containsExactlyElementsOf(rows("b"));
    assertThat(rows("c", "--seed=43").get(0)).isNotEqualTo(rows("a").get(0));
  }

  @Test
  void aUserTakesAnItemOnce() throws Exception {
    List<String> pairs = rows("a").stream().map(row -> row[0] + " " + row[1]).toList();
    assertThat(new HashSet<>(pairs)).hasSameSizeAs(pairs);
  }

  @Test
  void fewUsersAndItemsHaveMuchOfTheRows() throws Exception {
    List<String[]> rows = rows("a");
    assertThat(shareOfMostFrequentTenth(rows, 0)).isBetween(.25, .6);
    assertThat(shareOfMostFrequentTenth(rows, 1)).isBetween(.25, .6);
  }

  @Test
  void timesAreThoseOfTwentyYearsAndRatingsThoseOfStars() throws Exception {
    assertThat(rows("a"))
        .allSatisfy(
            row -> {
              assertThat(Long.parseLong(row[3])).isBetween(1_104_537_600L, 1_740_000_000L);
              assertThat(Double.parseDouble(row[2])).isBetween(.5, 5.);
            });
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertThatThrownBy(() -> LargeLog.main(new String[] {"--rows=3"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--rows=3: give --output");
  }

  private List<String[]> rows(String name, String... more) throws IOException {
    Path out = folder.resolve(name);
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--output=" + out);
    args.addAll(List.of("--interactions=" + ROWS, "--items=2000", "--rowsPerFile=8000"));
    LargeLog.main(args.toArray(String[]::new));
    List<String[]> rows = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      Files.readAllLines(out.resolve("ratings-0000%d.csv".formatted(part))).stream()
          .skip(1)
          .forEach(line -> rows.add(line.split(",")));
    }
    return rows;
  }

  private static double shareOfMostFrequentTenth(List<String[]> rows, int column) {
    Map<String, Long> counts =
        rows.stream().collect(Collectors.groupingBy(row -> row[column], Collectors.counting()));
    List<Long> sorted = new ArrayList<>(counts.values());
    sorted.sort(Collections.reverseOrder());
    long most = sorted.subList(0, sorted.size() / 10).stream().mapToLong(Long::longValue).sum();
    return (double) most / rows.size();
  }
}
