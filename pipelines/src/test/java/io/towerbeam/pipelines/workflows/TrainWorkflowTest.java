package io.towerbeam.pipelines.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.testing.Records;
import io.towerbeam.pipelines.testing.Shell;
import io.towerbeam.pipelines.testing.Shell.Answer;
import io.towerbeam.schemas.IndexEntry;
import io.towerbeam.schemas.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainWorkflowTest {
  @TempDir Path temp;

  private Answer train(String runId, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("train", "--output=" + temp, "--runId=" + runId));
    Path rows = SmallData.write(temp.resolve("interactions.csv"), SmallData.INTERACTIONS);
    Path items = SmallData.write(temp.resolve("items.csv"), SmallData.ITEMS);
    words.addAll(List.of("--interactions=" + rows, "--items=" + items, "--k=1"));
    words.addAll(List.of("--shards=2", "--bootstrapResamples=100"));
    SmallData.SPLIT.stream()
        .filter(option -> !List.of(more).contains("--trainOn=all") || !option.contains("splitTime"))
        .forEach(words::add);
    words.addAll(List.of(more));
    if (words.stream().noneMatch(word -> word.startsWith("--model="))) {
      words.add("--model=most-popular");
    }
    return Shell.type(words.toArray(String[]::new));
  }

  private Path run(String runId) {
    return temp.resolve("runs").resolve(runId);
  }

  private JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(temp.resolve(path).toFile());
  }

  @Test
  void aTrainedModelIsJudgedAndBecomesTheChampion() throws IOException {
    Answer answer = train("a");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("Champion 000001: most-popular of run a");
    JsonNode champion = json("champions/000001.json");
    assertThat(champion.get("run_id").asText()).isEqualTo("a");
    assertThat(champion.get("run_directory").asText()).isEqualTo("runs/a");
    assertThat(champion.get("model").asText()).isEqualTo("most-popular");
    assertThat(champion.get("started").asText()).isEqualTo(Shell.NOON.toString());
    assertThat(champion.get("metrics"))
        .isEqualTo(json("runs/a/results/results.json").get(0).get("metrics"));
    assertThat(champion.at("/metrics/ndcg@1").asDouble()).isEqualTo(1);
    for (String file :
        List.of("model/most-popular/config.json", "features/feature-spec.avro", "_SUCCESS")) {
      assertThat(run("a").resolve(file)).exists();
    }
    assertThat(Records.in(run("a").resolve("gate/features"), "catalogue", Item.class))
        .extracting(Item::getTitle)
        .containsExactly("Alpha Station (1990)", "Beta Station (1991)", "Gamma (1992)");
    assertThat(Records.in(run("a").resolve("features"), "catalogue", Item.class))
        .extracting(Item::getTitle)
        .endsWith("Gamma (1992)", "Delta (1993)");
  }

  @Test
  void onAllDataThereIsNothingToJudgeBy() throws IOException {
    Answer answer = train("a", "--trainOn=all", "--promote=always");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(answer.out()).contains("Champion 000001: most-popular of run a");
    Answer again = train("a", "--trainOn=all", "--promote=always");
    assertThat(again.out()).contains("is finished and left as it is").contains("Champion 000001");
    assertThat(temp.resolve("champions").toFile().list()).containsExactly("000001.json");
    assertThat(Records.in(run("a").resolve("index"), "users", IndexEntry.class))
        .extracting(IndexEntry::getId)
        .containsExactlyInAnyOrder("u", "v", "w", "x");
    assertThat(Records.in(run("a").resolve("index"), "items", IndexEntry.class))
        .extracting(IndexEntry::getTrainInteractions)
        .containsExactly(4L, 3L, 2L, 1L);
    assertThat(json("champions/000001.json").get("metrics")).isEmpty();
    assertThat(json("runs/a/manifest.json").at("/counts/split_time").asInt()).isEqualTo(104);
    assertThat(run("a").resolve("results")).doesNotExist();
    assertThat(run("a").resolve("_SUCCESS")).exists();
  }

  @Test
  void aRunThatFailsIsNeverPromoted() throws IOException {
    SmallData.write(temp.resolve("other.csv"), SmallData.INTERACTIONS.subList(0, 3));
    Answer answer =
        Shell.type(
            "train",
            "--interactions=" + temp.resolve("other.csv"),
            "--output=" + temp,
            "--runId=a",
            "--trainOn=all",
            "--promote=always",
            "--minTrainInteractions=1",
            "--model=ease",
            "--modelParameters=ease.lambda=0");
    assertThat(answer.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err()).contains("nothing was published").contains("ease: X'X + lambda*I");
    assertThat(temp.resolve("champions")).doesNotExist();
    assertThat(run("a").resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void allDataAndASplitTimeExcludeEachOther() {
    Answer answer = Shell.type("train", "--trainOn=all", "--splitTime=5", "--output=" + temp);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: --trainOn=all and --splitTime exclude each other: give one of them\n");
  }

  @Test
  void anUnknownModelIsRefused() {
    Answer answer = Shell.type("train", "--model=most-populr", "--output=" + temp);
    assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .startsWith("towerbeam: --model=most-populr: no such model")
        .endsWith("did you mean most-popular?\n");
  }
}
