/**
 * Which parameters a search tries, and which of its trials is the best: a function of the seed and
 * of what is searched. Nothing is fitted here.
 */
package io.towerbeam.ml.tuning;
