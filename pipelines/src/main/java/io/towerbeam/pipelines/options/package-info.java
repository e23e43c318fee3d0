/**
 * What a user can set, as Beam option interfaces in groups that a workflow's own interface extends,
 * and the one place where options are described, parsed and checked.
 *
 * <p>Ranges and formats stand beside each option as annotations: help, {@code describe} and the
 * checks all read them there. Nothing here knows a workflow or touches a file.
 */
package io.towerbeam.pipelines.options;
