/**
 * What the inner parts cost, measured by JMH at the sizes of MovieLens-1M, beside peers and limits
 * of the machine, and invented logs of any size; {@code BENCHMARKS.md} tells what came of it.
 */
package io.towerbeam.benchmarks;
