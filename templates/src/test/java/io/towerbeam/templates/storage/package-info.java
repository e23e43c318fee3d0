/** Whole workflows run by the DirectRunner whose files lie in buckets of the fake cloud. */
package io.towerbeam.templates.storage;
