package io.towerbeam.templates.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs that are run as processes, and programs that stand in for those that are not here. */
public final class Script {
  private Script() {}

  /** What a process ended with, and all that it printed. */
  public record Ended(int exitCode, String output) {}

  /**
   * Runs words as they stand.
   *
   * @param path a folder whose programs are found before all others
   */
  public static Ended run(
      List<String> words, Path folder, Path path, Map<String, String> environment)
      throws IOException, InterruptedException {
    // the shell looks the first word up on that path; Java would look it up on its own
    List<String> command = new ArrayList<>(List.of("bash", "-c", "exec \"$@\"", "-"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", path.toString(), (before, first) -> first + ":" + before);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** Puts a program of these lines into a folder. */
  public static Path write(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + lines);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
