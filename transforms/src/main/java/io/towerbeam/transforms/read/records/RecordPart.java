package io.towerbeam.transforms.read.records;

import java.io.Serializable;

/**
 * A part of a file: bytes of Avro, row groups of Parquet.
 *
 * @param from the first
 * @param to behind the last
 */
public record RecordPart(long from, long to) implements Serializable {}
