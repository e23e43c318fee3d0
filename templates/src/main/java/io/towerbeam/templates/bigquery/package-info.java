/**
 * BigQuery as the warehouse of the workflows: looks tables and datasets up before a run, and reads
 * and loads tables in it. What is in the tables is the workflows' affair.
 */
package io.towerbeam.templates.bigquery;
