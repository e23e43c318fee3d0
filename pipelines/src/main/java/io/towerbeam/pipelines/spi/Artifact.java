package io.towerbeam.pipelines.spi;

import org.apache.avro.Schema;

/**
 * Files that a workflow reads or writes, as {@code describe} shows them, so that an orchestrator
 * can chain workflows.
 *
 * @param name kebab-case, unique among the workflow's inputs or outputs
 * @param path an output: a pattern relative to the run directory. An input: the option that names
 *     it, such as {@code --input}
 * @param schema the full name of the Avro schema of its records; empty for files of another kind
 * @param help one line: what is in it
 */
public record Artifact(String name, String path, String schema, String help) {
  /** Files of Avro records. */
  public static Artifact avro(String name, String path, Schema schema, String help) {
    return new Artifact(name, path, schema.getFullName(), help);
  }

  /** Files of another kind. */
  public static Artifact file(String name, String path, String help) {
    return new Artifact(name, path, "", help);
  }
}
