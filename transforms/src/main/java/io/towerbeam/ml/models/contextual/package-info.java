/**
 * The contextual two-tower: users by what they took and when they come back, items by id and
 * content. What it learns and how it scores; the training itself is the shared training stage.
 */
package io.towerbeam.ml.models.contextual;
