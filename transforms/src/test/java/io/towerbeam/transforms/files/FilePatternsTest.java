package io.towerbeam.transforms.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FilePatternsTest {
  @TempDir Path temp;

  @BeforeEach
  void setUp() throws IOException {
    Files.createDirectories(temp.resolve("sub/deep"));
    for (String name : List.of("a-2.csv", "a-1.csv", "b.csv", "x[1].csv", "sub/a-3.csv")) {
      Files.writeString(temp.resolve(name), name);
    }
  }

  private List<String> match(String pattern) throws IOException {
    return FilePatterns.match(temp + "/" + pattern).stream()
        .map(file -> temp.relativize(Path.of(file.resourceId().toString())).toString())
        .toList();
  }

  @Test
  void filesComeInPathOrderAndFoldersBelowAreNotEntered() throws IOException {
    assertThat(match("a-*.csv")).containsExactly("a-1.csv", "a-2.csv");
    assertThat(match("*")).containsExactly("a-1.csv", "a-2.csv", "b.csv", "x[1].csv");
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsFound() throws IOException {
    assertThat(match("x[1].csv")).containsExactly("x[1].csv");
  }

  @Test
  void wildcardsInFoldersAreLeftToBeam() throws IOException {
    assertThat(match("s*/a-*.csv")).containsExactly("sub/a-3.csv");
  }

  @Test
  void whatIsNotThereGivesNothing() throws IOException {
    assertThat(match("c.csv")).isEmpty();
    assertThat(match("c-*.csv")).isEmpty();
    assertThat(match("none/c.csv")).isEmpty();
    assertThat(match("none/*.csv")).isEmpty();
  }

  @Test
  @Timeout(10)
  void aMissingFileAtTheRootDoesNotWalkTheDisk() throws IOException {
    assertThat(FilePatterns.match("/no-such-file-of-towerbeam.csv")).isEmpty();
  }

  @Test
  void aBrokenPatternIsAnError() {
    assertThatThrownBy(() -> match("{a")).isInstanceOf(IOException.class);
  }
}
