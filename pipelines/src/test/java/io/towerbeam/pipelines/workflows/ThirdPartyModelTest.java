package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of somebody else's: the class that the README shows, and a line that names it. */
class ThirdPartyModelTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/towerbeam/pipelines/testing/MostRecent.java");

  @TempDir Path temp;

  @Test
  void theReadmeShowsTheClassInUnderThirtyLines() throws IOException {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(block.find()).isTrue();
    assertThat(code(block.group(1))).isEqualTo(code(Files.readString(SOURCE)));
    assertThat(block.group(1).lines()).hasSizeLessThan(30);
  }

  /** The words of a class, whatever the line breaks; neither package, imports nor Javadoc. */
  private static List<String> code(String java) {
    String body = java.substring(java.indexOf("public final class"));
    return Arrays.asList(body.strip().split("\\s+"));
  }

  @Test
  void itIsInTheHelpAndOnTheLeaderboard() throws IOException {
    assertThat(Shell.type("help", "leaderboard").out()).contains("most-recent");
    Path interactions = SmallData.write(temp.resolve("interactions.csv"), SmallData.INTERACTIONS);
    Answer answer =
        Shell.type(
            "leaderboard",
            "--interactions=" + interactions,
            "--output=" + temp.resolve("out"),
            "--k=1",
            "--models=most-recent",
            SmallData.SPLIT.get(0),
            SmallData.SPLIT.get(1),
            SmallData.SPLIT.get(2),
            SmallData.SPLIT.get(3));
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("most-recent  ");
  }
}
