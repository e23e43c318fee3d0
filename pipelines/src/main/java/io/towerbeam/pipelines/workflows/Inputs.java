package io.towerbeam.pipelines.workflows;

import io.towerbeam.pipelines.spi.Artifact;
import io.towerbeam.schemas.Tensor;
import java.util.List;

/** What workflows that serve a published model read, for {@code describe}. */
final class Inputs {
  private Inputs() {}

  static List<Artifact> ofServing() {
    return List.of(
        Artifact.avro(
            "model",
            "--model",
            Tensor.getClassSchema(),
            "a finished run of train or leaderboard: its models, index, features and train side"),
        Artifact.file(
            "interactions", "--interactions", "interactions as delimited text, Avro or Parquet"),
        Artifact.file(
            "interactions-table", "--interactionsTable", "interactions as a table of BigQuery"),
        Artifact.file("input", "--input", "a MovieLens folder or a prepared run"),
        Artifact.file("users", "--users", "a file with one user id per line"),
        Artifact.file("items", "--items", "items as delimited text, Avro or Parquet"));
  }
}
