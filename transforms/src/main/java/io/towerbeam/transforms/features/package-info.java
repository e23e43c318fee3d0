/**
 * From the catalogue to item features: {@link io.towerbeam.transforms.features.BuildItemFeatures}
 * fits and applies a feature spec, {@link io.towerbeam.transforms.features.EncodeItems} applies one
 * that is there. The arithmetic lives in {@code io.towerbeam.ml.features}; catalogues are read in
 * {@code read}.
 */
package io.towerbeam.transforms.features;
