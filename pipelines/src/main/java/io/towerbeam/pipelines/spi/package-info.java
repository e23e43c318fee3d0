/**
 * What somebody implements to add a workflow or a command, and how those are found. Nothing here
 * parses options or starts a pipeline.
 */
package io.towerbeam.pipelines.spi;
