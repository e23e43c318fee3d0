/**
 * Rows of Avro and Parquet files, wanted columns alone, with every declared size checked before
 * memory is taken for it. What the columns mean is the affair of the package above.
 */
package io.towerbeam.transforms.read.records;
