/**
 * The arithmetic: arrays in, arrays out. No Beam here; DJL only in {@code models}.
 *
 * <p>How the work is spread over workers is told by {@code io.towerbeam.transforms}, which calls
 * into these packages.
 */
package io.towerbeam.ml;
