package io.towerbeam.transforms.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towerbeam.schemas.DatasetInfo;
import io.towerbeam.schemas.EvaluationResult;
import io.towerbeam.schemas.Outcome;
import io.towerbeam.schemas.TrainingInfo;
import io.towerbeam.schemas.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvroJsonTest {
  private static final EvaluationResult RESULT =
      EvaluationResult.newBuilder()
          .setModelName("m")
          .setEvaluationDate("2026-01-31T08:00:00Z")
          .setMetrics(Map.of("ndcg@10", .25))
          .setCi95(Map.of("ndcg@10", List.of(.2, .3)))
          .setParameters(Map.of("k", 10L, "rate", .5, "flag", true, "loss", "bce"))
          .setDatasetInfo(new DatasetInfo(1L, 2L, 3L, 4L, 5L))
          .setTraining(new TrainingInfo(1.5, 30, 2.0))
          .build();

  @Test
  void keysAreSnakeCaseAndUnionsUnwrapped() {
    assertThat(new String(AvroJson.bytes(List.of(RESULT))))
        .isEqualToIgnoringWhitespace(
            """
            [ { "model_name": "m", "evaluation_date": "2026-01-31T08:00:00Z", "segment": "all",
                "metrics": {"ndcg@10": 0.25}, "ci95": {"ndcg@10": [0.2, 0.3]},
                "comparisons" : [ ],
                "parameters": {"flag": true, "k": 10, "loss": "bce", "rate": 0.5},
                "dataset_info": {"n_train_users": 1, "n_test_users": 2, "n_items": 3,
                                 "train_size": 4, "test_size": 5},
                "training": {"seconds": 1.5, "epochs": 30, "examples_per_second": 2.0},
                "synthetic": false } ]
            """);
  }

  @Test
  void enumsAreLowerCase() {
    Outcome outcome = Outcome.newBuilder().setVerdict(Verdict.PARTIAL).build();
    assertThat(AvroJson.node(outcome).get("verdict").asText()).isEqualTo("partial");
  }

  @Test
  void whatIsWrittenCanBeReadBack() throws IOException {
    assertThat(
            AvroJsonReader.readAll(
                new ByteArrayInputStream(AvroJson.bytes(List.of(RESULT))), EvaluationResult.class))
        .isEqualTo(List.of(RESULT));
  }

  @Test
  void missingKeysTakeTheirDefaultAndUnknownOnesArePassedOver() throws IOException {
    Outcome read =
        AvroJsonReader.read(
            new ByteArrayInputStream("{\"verdict\":\"failed\",\"mood\":1}".getBytes()),
            Outcome.class);
    assertThat(read).isEqualTo(Outcome.newBuilder().setVerdict(Verdict.FAILED).build());
  }

  @Test
  void aFieldOfAnotherTypeIsAnError() {
    assertThatThrownBy(
            () ->
                AvroJsonReader.read(
                    new ByteArrayInputStream(
                        "{\"verdict\":\"failed\",\"counts\":{\"a\":\"x\"}}".getBytes()),
                    Outcome.class))
        .isInstanceOf(IOException.class)
        .hasMessage("not a Outcome: \"x\" is not a long");
  }
}
