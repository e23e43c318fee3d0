/** Models that score by the nearest items or the nearest users, without learning weights. */
package io.towerbeam.ml.models.neighbours;
