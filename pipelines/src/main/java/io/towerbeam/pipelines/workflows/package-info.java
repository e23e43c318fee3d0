/**
 * One class per workflow, and the parts of the graph that several of them share. A workflow wires
 * transforms and decides nothing else; what is computed lives in {@code io.towerbeam.transforms}.
 */
package io.towerbeam.pipelines.workflows;
