package io.towerbeam.pipelines.options;

/** What {@code prepare} can be told; runs that take what it made inherit from these. */
public interface PrepareOptions
    extends WorkflowOptions, InputOptions, SplitOptions, DataCheckOptions {}
