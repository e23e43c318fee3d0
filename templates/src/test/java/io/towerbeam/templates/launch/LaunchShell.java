package io.towerbeam.templates.launch;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.templates.ContainerSpecFile;
import io.towerbeam.templates.cloud.FakeCloud;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.util.ArrayList;
import java.util.List;

/** Launches the template of {@code train}, which lies in the bucket {@code bkt} of a fake cloud. */
final class LaunchShell {
  private final FakeCloud cloud;

  LaunchShell(FakeCloud cloud) {
    this.cloud = cloud;
    cloud.buckets().create("bkt");
    put(ContainerSpecFile.of(Workflows.find().get("train")));
  }

  /** Puts a container spec in place of the template's. */
  void put(String spec) {
    cloud.buckets().put("bkt", "templates/train.json", spec);
  }

  /** What comes of a launch with all that it needs, and these words. */
  Answer launch(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--template=gs://bkt/templates/train.json",
                "--project=p",
                "--region=europe-west4",
                "--param=output=gs://bkt/out"));
    // a launch looks no table up: the template's main does
    cloud.options().stream()
        .filter(option -> !option.startsWith("--bigQueryEndpoint="))
        .forEach(words::add);
    words.addAll(List.of(more));
    return Terminal.see(
        console -> {
          try {
            return new LaunchCommand(Terminal.NOON).run(words, console);
          } catch (UsageException e) {
            console.error(e.getMessage());
            return ExitCode.USAGE;
          }
        });
  }
}
