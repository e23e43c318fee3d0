/**
 * Where rows come from: each kind of input that the options can name, checked before a run and read
 * in it. What becomes of the rows is the workflows' affair.
 */
package io.towerbeam.pipelines.input;
