/**
 * Avro's bytes held against themselves: whether lengths and counts in them can be true, before a
 * reader takes memory by them. No file is opened here, and no record made.
 */
package io.towerbeam.ml.avro;
