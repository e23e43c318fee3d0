/** Runs that read tables of BigQuery and load into others, and the parts that they are made of. */
package io.towerbeam.templates.bigquery;
