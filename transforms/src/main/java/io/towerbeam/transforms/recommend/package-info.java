/** Top-K lists of fitted models for users and their histories. Judging them is {@code evaluate}. */
package io.towerbeam.transforms.recommend;
