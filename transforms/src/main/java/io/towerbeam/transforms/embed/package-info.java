/** User and item vectors of fitted models as records. Fitting them is {@code train}. */
package io.towerbeam.transforms.embed;
