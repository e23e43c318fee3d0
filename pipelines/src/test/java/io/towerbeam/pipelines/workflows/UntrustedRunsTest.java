package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published runs whose files were changed so as to lead elsewhere: refused before anything runs.
 */
@ExtendWith(PublishedRunsExtension.class)
class UntrustedRunsTest {
  @TempDir Path temp;
  private PublishedRunsFixture copy;

  @BeforeEach
  void copyRuns(PublishedRunsFixture runs) throws IOException {
    copy = new PublishedRunsFixture(temp.resolve("out"));
    for (Path folder : List.of(runs.run("c"), runs.output().resolve("champions"))) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path from : all.sorted().toList()) {
          Path to = copy.output().resolve(runs.output().relativize(from));
          Files.createDirectories(to.getParent());
          Files.copy(from, to);
        }
      }
    }
  }

  private void assertRefused(String words, String... more) {
    String[] options =
        Stream.concat(Stream.of("--runId=r"), Stream.of(more)).toArray(String[]::new);
    Answer answer = copy.run("recommend", options);
    assertThat(answer.err()).startsWith("towerbeam: --model").contains(words);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(copy.run("r").resolve("_SUCCESS")).doesNotExist();
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = copy.output().resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  @Test
  void aChampionThatIsNoRunOfTheFolder() throws IOException {
    for (String elsewhere : List.of("../../etc", "/etc", "runs/../c", "..")) {
      Path record = copy.output().resolve("champions/000001.json");
      String before = Files.readString(record);
      edit("champions/000001.json", "\"c\"", "\"" + elsewhere + "\"");
      assertRefused("champions/000001.json in " + copy.output() + " does not name a run");
      Files.writeString(record, before);
    }
  }

  @Test
  void aChampionWhoseModelIsNoneOfItsRun() throws IOException {
    edit("champions/000001.json", "\"ease\"", "\"../../c/model/als\"");
    assertRefused("give one of the models of run c: als, ease");
  }

  @Test
  void aModelThatIsAnotherThanItsFolderSays() throws IOException {
    edit("runs/c/model/ease/config.json", "\"ease\"", "\"../../../../somewhere\"");
    assertRefused("config.json is of another model than its folder's name says");
  }

  @Test
  void aModelsPathIsThatOfItsFolderWhateverItSays() throws IOException {
    Path config = copy.run("c").resolve("model/ease/config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("\"path\" : \"[^\"]*\"", "\"path\" : \"/etc\""));
    Answer answer = copy.run("recommend", "--runId=r", "--users=u");
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aFileThatIsALinkOutOfTheRun() throws IOException {
    Path parameters = copy.run("c").resolve("model/ease/parameters.avro");
    Path outside = Files.move(parameters, temp.resolve("outside.avro"));
    Files.createSymbolicLink(parameters, outside);
    assertRefused("model/ease/parameters.avro of that run is a link out of it");
  }

  @Test
  void namesThatAreNoShardsAndNumbersThatAreNone() throws IOException {
    edit("runs/c/manifest.json", "\"minTestInteractions\"", "\"minRating\" : \"x\", \"m\"");
    assertRefused("manifest.json has a --minRating that is no number");
    edit("runs/c/manifest.json", "\"minRating\" : \"x\"", "\"minRating\" : \"2.5\"");
    Path index = copy.run("c").resolve("index");
    Files.createFile(index.resolve("users-00000-of-00000999999999.avro"));
    assertRefused("users-00000-of-00000999999999.avro has no name of a shard");
  }
}
