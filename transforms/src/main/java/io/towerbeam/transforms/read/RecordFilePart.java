package io.towerbeam.transforms.read;

import io.towerbeam.transforms.read.records.RecordPart;
import java.io.Serializable;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A part of an Avro or Parquet file.
 *
 * @param bytes the size of the whole file
 */
record RecordFilePart(ResourceId file, long bytes, RecordPart part) implements Serializable {}
