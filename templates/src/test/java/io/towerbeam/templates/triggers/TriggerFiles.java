package io.towerbeam.templates.triggers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.towerbeam.templates.testing.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Takes out of the triggers' files what they send, or the command that they run. */
final class TriggerFiles {
  private static final Path FOLDER = Path.of("triggers").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a shell ends with if there is no such program. */
  private static final int NOT_FOUND = 127;

  private TriggerFiles() {}

  /**
   * A request.
   *
   * @param method of HTTP
   * @param url as it stands in the file
   * @param body JSON
   */
  record Request(String method, String url, JsonNode body) {}

  /**
   * The request of the Terraform file with these variables, beside the defaults. Its {@code body}
   * is {@code base64encode(jsonencode(local.launch))}, which the parser does not work out.
   */
  static Request cloudScheduler(Map<String, String> variables) throws Exception {
    Path file = FOLDER.resolve("cloud-scheduler/main.tf");
    HCLParser parser = new HCLParser();
    variables.forEach(parser::setVariable);
    JsonNode all = JSON.valueToTree(parser.parse(file.toFile(), "UTF-8"));
    JsonNode target = all.at("/resource/google_cloud_scheduler_job/train/http_target");
    return new Request(
        target.get("http_method").asText(),
        target.get("uri").asText(),
        withWholeNumbers(all.at("/locals/launch")));
  }

  /** What the Terraform file says of the target, word for word. */
  static String cloudSchedulerText() throws Exception {
    return Files.readString(FOLDER.resolve("cloud-scheduler/main.tf"));
  }

  /** What the operator of the DAG is given, once Jinja has filled it in. */
  static JsonNode airflow(Map<String, String> values) throws Exception {
    Path stub = Path.of("src/test/resources/airflow").toAbsolutePath();
    Script.Ended ended =
        Script.run(
            List.of("python3", "print_operator.py", FOLDER + "/airflow/towerbeam_train.py"),
            stub,
            stub,
            Map.of("PYTHONPATH", stub.toString(), "PYTHONDONTWRITEBYTECODE", "1"));
    assumeTrue(ended.exitCode() != NOT_FOUND, "no python3 here: the DAG is not looked at");
    if (ended.exitCode() != 0) {
      throw new IllegalStateException(ended.output());
    }
    String text = ended.output();
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{{ " + value.getKey() + " }}", value.getValue());
    }
    return JSON.readTree(text);
  }

  /** The words of the service's command, as systemd splits them. */
  static List<String> systemd() throws Exception {
    String unit = Files.readString(FOLDER.resolve("systemd/towerbeam-train.service"));
    String command =
        unit.replaceAll("\\\\\\n", " ")
            .lines()
            .filter(line -> line.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    return List.of(command.substring("ExecStart=".length()).split("\\s+"));
  }

  /** The CronJob, whole. */
  static JsonNode cronJob() throws Exception {
    return new YAMLMapper().readTree(FOLDER.resolve("kubernetes/cronjob.yaml").toFile());
  }

  /** The words of the CronJob's command. */
  static List<String> kubernetes() throws Exception {
    JsonNode container = cronJob().at("/spec/jobTemplate/spec/template/spec/containers/0");
    List<String> words = new ArrayList<>();
    StreamSupport.stream(container.get("command").spliterator(), false)
        .map(JsonNode::asText)
        .forEach(words::add);
    return words;
  }

  /** The parser makes 4.0 of 4, which Terraform does not. */
  private static JsonNode withWholeNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                JsonNode value = field.getValue();
                if (value.isDouble() && value.asDouble() == value.asInt()) {
                  object.put(field.getKey(), value.asInt());
                } else {
                  withWholeNumbers(value);
                }
              });
    }
    return node;
  }
}
