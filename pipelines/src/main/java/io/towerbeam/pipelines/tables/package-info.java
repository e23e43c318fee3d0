/**
 * Tables of a warehouse, as workflows see them: interactions are read from one, results are loaded
 * into others. Which warehouse it is, and how it is talked to, is its implementation's affair,
 * which is found by {@link java.util.ServiceLoader}.
 */
package io.towerbeam.pipelines.tables;
