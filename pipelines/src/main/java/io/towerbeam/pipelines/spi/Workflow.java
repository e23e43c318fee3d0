package io.towerbeam.pipelines.spi;

import io.towerbeam.pipelines.options.UsageException;
import io.towerbeam.pipelines.options.WorkflowOptions;
import io.towerbeam.pipelines.run.RunDirectory;
import java.util.List;
import org.apache.beam.sdk.Pipeline;

/**
 * A named pipeline that can be listed, described and launched.
 *
 * <p>Found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/io.towerbeam.pipelines.spi.Workflow} and put its jar on the class path. Needs a
 * public constructor without arguments, which must be cheap: listing makes them all.
 *
 * <p>A run's files go where {@link RunDirectory#of(WorkflowOptions)} says; its seed is {@link
 * WorkflowOptions#getSeed()} and its time {@link WorkflowOptions#getStartTime()}. The last steps of
 * the graph write {@link RunDirectory#outcome()} and, if the run is to be trusted, {@link
 * RunDirectory#success()}: a launcher that waited reads its exit code from there.
 *
 * @param <O> the workflow's options: an interface that extends {@link WorkflowOptions} and the
 *     groups it takes from {@code io.towerbeam.pipelines.options}
 */
public interface Workflow<O extends WorkflowOptions> {
  /** The name on the command line: kebab-case, unique on the class path. */
  String name();

  /** One line that says what comes out of it. */
  String description();

  /** The interface that its options are parsed into. */
  Class<O> optionsType();

  /** What it reads; empty if it needs nothing. */
  default List<Artifact> inputs() {
    return List.of();
  }

  /** What it writes. */
  List<Artifact> outputs();

  /**
   * Checks what the declared ranges cannot: that files are there, header columns, options that
   * exclude each other. Reads only. The run is not claimed yet, so there is no start time. An
   * option that was not given may be set to what was found in its place, so that the claim holds
   * it.
   *
   * @throws UsageException for the first thing that cannot work
   */
  void validate(O options);

  /** Adds the steps to {@code pipeline} and runs nothing. */
  void build(Pipeline pipeline, O options);
}
