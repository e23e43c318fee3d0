/**
 * Item content as numbers: TF-IDF of titles, their truncated SVD, scaling, categories; each fitted
 * once and applied to any item later. Ranking models live in {@code models}.
 */
package io.towerbeam.ml.features;
