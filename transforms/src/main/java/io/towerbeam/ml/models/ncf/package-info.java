/**
 * Neural collaborative filtering: a user and an item by their embeddings alone, scored by a small
 * network. What it learns and how it scores; the training itself is the shared training stage.
 */
package io.towerbeam.ml.models.ncf;
