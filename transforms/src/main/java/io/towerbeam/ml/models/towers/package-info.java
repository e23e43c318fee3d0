/**
 * Models that give users and items a vector each and score a pair by the vectors' product: the
 * towers that make the vectors, the losses, and the sampling of pairs.
 */
package io.towerbeam.ml.models.towers;
