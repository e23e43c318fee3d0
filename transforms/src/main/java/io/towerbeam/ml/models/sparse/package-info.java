/**
 * Sparse matrices as arrays, and what the models that live on them share: co-occurrence counts, the
 * largest values of a row, scores by item-to-item weights. Plain Java over primitive arrays; dense
 * algebra is libtorch's work, not this package's.
 */
package io.towerbeam.ml.models.sparse;
