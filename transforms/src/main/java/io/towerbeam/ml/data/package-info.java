/**
 * The containers that arithmetic works on: columns of interactions, sparse rows, dense rows, ids;
 * and an invented sample to fill them with. Nothing is read from or written to files here, and
 * nothing is fitted.
 */
package io.towerbeam.ml.data;
