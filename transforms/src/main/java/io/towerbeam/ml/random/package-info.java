/** Random numbers that are a function of the run's seed: the only ones there are. */
package io.towerbeam.ml.random;
