package io.towerbeam.pipelines.launcher;

import io.towerbeam.pipelines.options.OptionParser;
import io.towerbeam.pipelines.options.RollbackOptions;
import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.spi.Command;
import io.towerbeam.pipelines.spi.Console;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.schemas.Champion;
import io.towerbeam.transforms.files.Folder;
import io.towerbeam.transforms.write.Champions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;

/** {@code towerbeam rollback}: an earlier champion serves again. */
public final class RollbackCommand implements Command {
  @Override
  public String name() {
    return "rollback";
  }

  @Override
  public String description() {
    return "Makes an earlier champion serve again, by a record that names it";
  }

  @Override
  public List<String> help() {
    List<String> lines = new ArrayList<>(Command.super.help());
    lines.add("");
    lines.addAll(OptionHelp.of(RollbackOptions.class));
    return lines;
  }

  @Override
  public int run(List<String> args, Console console) {
    RollbackOptions options = OptionParser.into(RollbackOptions.class).parse(args);
    FileSystems.setDefaultPipelineOptions(options);
    Champions champions = Champions.in(new Folder(options.getOutput()));
    try {
      Champions.Numbered earlier = earlier(champions, options);
      requireFinished(champions, earlier);
      Champions.Numbered restored =
          champions.append(
              Champion.newBuilder(earlier.champion())
                  .setComparedWith(null)
                  .setRestores(earlier.number())
                  .build());
      console
          .out()
          .printf(
              "Champion %s: %s of run %s, which was champion %s%n",
              restored.label(),
              restored.champion().getModel(),
              restored.champion().getRunId(),
              earlier.label());
      return ExitCode.DONE;
    } catch (IOException e) {
      console.error(RunReport.inOneLine(e));
      return ExitCode.FAILED;
    }
  }

  /** The one that is asked for, or the last that is another model than the one that serves. */
  private static Champions.Numbered earlier(Champions champions, RollbackOptions options)
      throws IOException {
    Integer wanted = options.getTo();
    if (wanted == null) {
      return another(champions)
          .orElseThrow(
              () ->
                  new UsageException(
                      "--output=%s: there is no earlier champion to go back to"
                          .formatted(options.getOutput())));
    }
    try {
      return champions.read(wanted);
    } catch (FileNotFoundException e) {
      List<Integer> numbers = champions.numbers();
      throw new UsageException(
          "to",
          wanted.toString(),
          numbers.isEmpty()
              ? "nothing: there is no champion in " + options.getOutput()
              : "the number of a champion, %d at most".formatted(numbers.get(0)));
    }
  }

  private static Optional<Champions.Numbered> another(Champions champions) throws IOException {
    Optional<Champions.Numbered> serving = champions.serving();
    if (serving.isEmpty()) {
      return Optional.empty();
    }
    int back = serving.get().number();
    Integer restores = serving.get().champion().getRestores();
    for (int number : champions.numbers()) {
      if (number < (restores == null ? back : restores)
          && champions.isFinished(champions.read(number).champion())) {
        return Optional.of(champions.read(number));
      }
    }
    return Optional.empty();
  }

  private static void requireFinished(Champions champions, Champions.Numbered earlier)
      throws IOException {
    if (!champions.isFinished(earlier.champion())) {
      throw new UsageException(
          "champion %s cannot serve: its run %s has no _SUCCESS; give another one by --to"
              .formatted(earlier.label(), earlier.champion().getRunId()));
    }
  }
}
