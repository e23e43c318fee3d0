/**
 * Models that factor the matrix of users and items: each of both is a short vector, and the score
 * of a pair is the product of its vectors.
 */
package io.towerbeam.ml.models.factors;
