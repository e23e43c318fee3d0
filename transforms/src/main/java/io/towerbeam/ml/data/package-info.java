/**
 * The containers that arithmetic works on: columns of interactions, sparse rows, dense rows, ids.
 * Nothing is read from or written to files here, and nothing is fitted.
 */
package io.towerbeam.ml.data;
