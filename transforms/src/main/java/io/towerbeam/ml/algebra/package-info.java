/**
 * Sparse rows and their decompositions, shared by features and models. What is dense alone is left
 * to EJML and libtorch.
 */
package io.towerbeam.ml.algebra;
