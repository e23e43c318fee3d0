package io.towerbeam.templates.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.towerbeam.pipelines.launcher.CommandLine;
import io.towerbeam.pipelines.spi.ExitCode;
import io.towerbeam.templates.testing.Terminal;
import io.towerbeam.templates.testing.Terminal.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Somewhere that files lie: a folder of this machine or one in a bucket. */
interface Place {
  /** Where that is, without a slash at its end. */
  String root();

  /** Options that take whoever reads and writes there. */
  List<String> options();

  /** The files below it, by the path from there. */
  SortedMap<String, byte[]> files() throws IOException;

  /** Types a command; {@code ROOT} in its words stands for this place. */
  default Answer type(Stream<String> words) {
    List<String> all = new ArrayList<>(words.map(word -> word.replace("ROOT", root())).toList());
    all.addAll(options());
    return Terminal.see(console -> new CommandLine(console, Terminal.NOON).run(all));
  }

  /** Runs a workflow whose output goes to {@code ROOT/out}. */
  default Answer run(String workflow, String... options) {
    return type(Stream.concat(Stream.of(workflow, "--output=ROOT/out"), Stream.of(options)));
  }

  /** The same of one that ends well. */
  default Answer mustRun(String workflow, String... options) {
    Answer answer = run(workflow, options);
    assertThat(answer.err()).as(workflow).isEmpty();
    assertThat(answer.exitCode()).as(workflow).isEqualTo(ExitCode.DONE);
    return answer;
  }
}
