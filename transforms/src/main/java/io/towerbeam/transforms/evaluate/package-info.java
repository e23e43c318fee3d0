/**
 * How good top-K lists are: recommendation files as a collection, and lists judged against the test
 * side. What the metrics are is in {@code io.towerbeam.ml.metrics}; lists are made elsewhere.
 */
package io.towerbeam.transforms.evaluate;
