/**
 * Models that give users and items a vector each and score a pair by the vectors' product: the
 * towers that make the vectors, and what is trained on them.
 */
package io.towerbeam.ml.models.towers;
