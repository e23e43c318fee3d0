package io.towerbeam.templates.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.testing.Script;
import io.towerbeam.templates.testing.Script.Ended;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import io.towerbeam.templates.testing.TinyFilms;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the schedules that need no cloud, run as they stand in a folder like the one that
 * they name. Only the program that they find is the one of this build.
 */
class LocalSchedulesTest {
  private static final String NIGHT = "2026-03-01T02:30:00Z";
  private static final String LATE_IN_THE_EVENING = "2026-03-01T23:30:00Z";

  @TempDir Path folder;
  @TempDir Path bin;

  @BeforeEach
  void layOut() throws IOException {
    Path input = Files.createDirectories(folder.resolve("input"));
    for (Map.Entry<String, String> file : TinyFilms.files().entrySet()) {
      Files.writeString(input.resolve(file.getKey()), file.getValue());
    }
    Script.write(
        bin.resolve("towerbeam"),
        "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
            .formatted(
                System.getProperty("java.home") + File.separator + "bin/java",
                classPath(),
                ClockedTowerbeam.class.getName()));
  }

  /** A whole run takes its time as a process: the second night is Kubernetes'. */
  @Test
  void eachDayIsPublishedOnce() throws Exception {
    Ended first = run(TriggerFiles.systemd(), NIGHT);
    assertThat(first.output()).contains("Champion 000001", "train-2026-03-01");
    assertThat(first.exitCode()).isEqualTo(ExitCode.DONE);

    Ended again = run(TriggerFiles.systemd(), NIGHT);
    assertThat(again.output()).contains("Run train-2026-03-01", "is finished and left as it is");
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);

    Ended next = run(TriggerFiles.kubernetes(), LATE_IN_THE_EVENING);
    assertThat(next.output())
        .as("in Berlin the next day has begun")
        .contains("Champion 000002", "train-2026-03-02");
    assertThat(next.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("output/runs").toFile().list())
        .containsExactlyInAnyOrder("train-2026-03-01", "train-2026-03-02");
    assertThat(folder.resolve("output/champions").toFile().list()).hasSize(2);
  }

  @Test
  void noScheduleTrainsOnTheSample() throws Exception {
    for (List<String> command : List.of(TriggerFiles.systemd(), TriggerFiles.kubernetes())) {
      List<String> words = new ArrayList<>(command.subList(1, command.size()));
      assertThat(words.removeIf(word -> word.startsWith("--input="))).isTrue();
      Answer answer = Terminal.see(console -> new CommandLine(console, Terminal.NOON).run(words));
      assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(answer.err()).startsWith("towerbeam: --runDate: a scheduled run needs --input");
    }
  }

  @Test
  void theCronJobsParts() throws Exception {
    JsonNode job = TriggerFiles.cronJob();
    JsonNode pod = job.at("/spec/jobTemplate/spec/template/spec");
    String folderOfData = pod.at("/containers/0/workingDir").asText();
    assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asText()).isEqualTo(folderOfData);
    assertThat(job.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
    assertThat(TriggerFiles.kubernetes())
        .contains("--timeZone=" + job.at("/spec/timeZone").asText());
    assertThat(job.at("/spec/jobTemplate/spec/podFailurePolicy/rules/0/onExitCodes/values"))
        .map(JsonNode::asInt)
        .containsExactly(ExitCode.USAGE, ExitCode.REFUSED);
  }

  /** The test's own, as whole paths: the commands run in other folders. */
  private static String classPath() {
    String given =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(given.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Ended run(List<String> words, String now) throws IOException, InterruptedException {
    return Script.run(words, folder, bin, Map.of(ClockedTowerbeam.NOW, now));
  }
}
