package io.towerbeam.templates.flink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cluster that the script starts, in a folder of its own. */
final class LocalCluster implements AutoCloseable {
  private static final Path SCRIPT = Path.of("cluster").toAbsolutePath();

  private final Path folder;
  private final int port;

  private LocalCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static LocalCluster start(Path folder) throws IOException {
    LocalCluster cluster = new LocalCluster(folder, freePort());
    cluster.script("start", Integer.toString(cluster.port));
    return cluster;
  }

  String master() {
    return "localhost:" + port;
  }

  void addTaskManager() throws IOException {
    script("taskmanager");
  }

  /** Its process is gone when this returns, without having had a chance to do anything. */
  void killTaskManager() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid/taskmanager-1")).strip());
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  List<String> taskManagers() throws IOException {
    try (var files = Files.list(folder.resolve("pid"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("taskmanager"))
          .sorted()
          .toList();
    }
  }

  /** Those of all that there have been. */
  String logsOfTaskManagers() throws IOException {
    StringBuilder text = new StringBuilder();
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(folder.resolve("log"), "taskmanager-*.log")) {
      for (Path log : logs) {
        text.append(Files.readString(log));
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    script("stop");
  }

  private void script(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(words));
    Path said = Files.createDirectories(folder).resolve("said.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // a file and not a pipe, which the servers would keep open
    builder.redirectOutput(said.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "TOWERBEAM_FLINK", folder.toString(),
                "TOWERBEAM_FLINK_HEAP_MB", "1024",
                "JAVA_HOME", System.getProperty("java.home")));
    int exitCode = builder.start().onExit().join().exitValue();
    if (exitCode != 0) {
      throw new IOException(
          "%s ended with %d: %s"
              .formatted(command, exitCode, Files.readString(said, StandardCharsets.UTF_8)));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
