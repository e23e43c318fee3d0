package io.towerbeam.transforms.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
  @TempDir Path temp;
  private Folder folder;

  @BeforeEach
  void setUp() {
    folder = new Folder(temp + "/new/");
  }

  private static Folder.Content text(String text) {
    return out -> out.write(text.getBytes());
  }

  @Test
  void aLinkThatLeadsOutIsFound() throws IOException {
    assertThat(folder.linkOut()).isEmpty();
    folder.write("a/b.txt", text("inside"));
    Path root = Path.of(folder.path());
    Files.createSymbolicLink(root.resolve("a/inside.txt"), Path.of("b.txt"));
    Path other = Files.createSymbolicLink(temp.resolve("other"), root);
    assertThat(folder.linkOut()).isEmpty();
    assertThat(new Folder(other.toString()).linkOut()).isEmpty();
    Path outside = Files.writeString(temp.resolve("outside.txt"), "secret");
    Path link = Files.createSymbolicLink(root.resolve("a/c.txt"), outside);
    assertThat(folder.linkOut()).contains("a/c.txt");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("../.."));
    assertThat(folder.linkOut()).contains("a/c.txt");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("nowhere"));
    assertThat(folder.linkOut()).contains("a/c.txt");
  }

  @Test
  void whatIsWrittenCanBeRead() throws IOException {
    folder.write("a/b.txt", text("first"));
    folder.write("a/b.txt", text("second"));
    try (InputStream in = folder.open("a/b.txt")) {
      assertThat(in.readAllBytes()).asString().isEqualTo("second");
    }
    assertThat(folder.folder("a").list("*.txt")).isEqualTo(List.of("b.txt"));
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    folder.write("a.txt", text("old"));
    assertThatThrownBy(
            () ->
                folder.write(
                    "a.txt",
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(Files.readString(temp.resolve("new/a.txt"))).isEqualTo("old");
    assertThat(temp.resolve("new")).isDirectoryContaining("glob:**/a.txt");
    assertThat(Files.list(temp.resolve("new"))).hasSize(1);
  }

  @Test
  void aMissingFileIsToldFromAnEmptyOne() throws IOException {
    folder.write("_SUCCESS", out -> {});
    assertThat(folder.exists("_SUCCESS")).isTrue();
    assertThat(folder.exists("other")).isFalse();
    assertThatThrownBy(() -> folder.open("other")).isInstanceOf(FileNotFoundException.class);
    assertThat(folder.folder("none").list("*")).isEmpty();
  }

  @Test
  void aFileIsCreatedOnce() throws IOException {
    assertThat(folder.create("a.txt", text("first"))).isTrue();
    assertThat(folder.create("a.txt", text("second"))).isFalse();
    assertThat(temp.resolve("new/a.txt")).hasContent("first");
    assertThat(temp.resolve("new")).isDirectoryContaining("glob:**/a.txt");
    assertThat(temp.resolve("new").toFile().list()).hasSize(1);
  }

  @Test
  void aFileCanBeDeletedTwice() throws IOException {
    folder.write("a", text("a"));
    folder.delete("a");
    folder.delete("a");
    assertThat(folder.exists("a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../a", "a/../../b", "a/.."})
  void namesCannotLeaveTheFolder(String name) {
    assertThatThrownBy(() -> folder.file(name)).isInstanceOf(IllegalArgumentException.class);
  }
}
