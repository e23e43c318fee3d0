/**
 * From blocks as they were read to the two sides of the warm split: filter, shard by user, collapse
 * duplicates, threshold, split, dense indexes. Everything here works on whole blocks.
 */
package io.towerbeam.transforms.prepare;
