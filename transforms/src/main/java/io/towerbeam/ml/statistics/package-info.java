/**
 * What interactions are like as a whole, and how far that is from what they were before: counts,
 * fixed buckets and drift. What is made of it, and when it is too much, is not decided here.
 */
package io.towerbeam.ml.statistics;
