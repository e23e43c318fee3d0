/**
 * Models that learn a matrix of item-to-item weights and score by its product with the user's
 * items.
 */
package io.towerbeam.ml.models.linear;
