package io.towerbeam.templates.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.towerbeam.pipelines.run.JobName;
import io.towerbeam.pipelines.run.RunDirectory;
import io.towerbeam.pipelines.spi.Workflow;
import io.towerbeam.pipelines.spi.Workflows;
import io.towerbeam.pipelines.workflows.LeaderboardOptions;
import io.towerbeam.templates.flink.FlinkShell.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found before a job is sent. */
class FlinkUsageTest {
  private static final String OURS = "{\"flink-version\":\"1.19.0\",\"slots-total\":2}";

  @TempDir Path folder;

  @Test
  void aMasterThatDoesNotAnswerIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Answer answer = leaderboard("localhost:" + port);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .hasLineCount(1)
        .startsWith(
            "towerbeam: --flinkMaster=localhost:%d: give host:port of a Flink JobManager that answers"
                .formatted(port));
    assertThat(folder.resolve("output")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[collection]", "yarn://a:1", "localhost:http"})
  void aMasterThatIsNoAddressIsRefused(String master) {
    Answer answer = leaderboard(master);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "towerbeam: --flinkMaster=%s: give host:port of a Flink JobManager, such as localhost:8081, or [local]%n"
                .formatted(master));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20.0", "1.18.1", "2.0.0"})
  void anotherFlinkIsRefused(String version) throws IOException {
    Answer answer =
        answeredBy(Map.of("/overview", "{\"flink-version\":\"%s\"}".formatted(version)));

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .hasLineCount(1)
        .endsWith("give a cluster of Flink 1.19 (this one is %s)%n".formatted(version));
  }

  @Test
  void whatIsNoFlinkIsRefused() throws IOException {
    assertThat(answeredBy(Map.of("/overview", "{}")).err())
        .endsWith("give a cluster of Flink 1.19 (what answers is no Flink)%n".formatted());
    assertThat(answeredBy(Map.of("/overview", "<html>")).exitCode()).isEqualTo(2);
  }

  @Test
  void aRunThatAJobWorksOnIsLeftToIt() throws IOException {
    String job = JobName.of(new RunDirectory(folder.resolve("output").toString(), "run"));
    Answer answer =
        answeredBy(
            Map.of(
                "/overview",
                OURS,
                "/jobs/overview",
                "{\"jobs\":[{\"jid\":\"abc\",\"name\":\"%s\",\"end-time\":-1}]}".formatted(job)));

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .hasLineCount(1)
        .startsWith("towerbeam: the run is being worked on by Flink job abc: wait for it");
  }

  @Test
  void relativePathsAreThoseOfTheLauncher() {
    Workflow<?> leaderboard = Workflows.find().get("leaderboard");
    LeaderboardOptions options = PipelineOptionsFactory.as(LeaderboardOptions.class);
    options.setOutput("out/../here");
    options.setInput("s3://bucket/in");
    options.setItems("items-*.csv");

    AbsolutePaths.setIn(leaderboard, options);

    assertThat(options.getOutput()).isEqualTo(Path.of("here").toAbsolutePath().toString());
    assertThat(options.getInput()).isEqualTo("s3://bucket/in");
    assertThat(options.getItems()).isEqualTo(Path.of("items-*.csv").toAbsolutePath().toString());
    assertThat(options.getInteractions()).isNull();
  }

  private Answer answeredBy(Map<String, String> answers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answers.forEach(
        (path, text) ->
            server.createContext(
                path,
                exchange -> {
                  byte[] body = text.getBytes(StandardCharsets.UTF_8);
                  exchange.sendResponseHeaders(200, body.length);
                  exchange.getResponseBody().write(body);
                  exchange.close();
                }));
    server.start();
    try {
      return leaderboard("localhost:" + server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private Answer leaderboard(String master) {
    return FlinkShell.type(
        List.of(
            "leaderboard",
            "--runner=FlinkRunner",
            "--flinkMaster=" + master,
            "--runId=run",
            "--output=" + folder.resolve("output")));
  }
}
