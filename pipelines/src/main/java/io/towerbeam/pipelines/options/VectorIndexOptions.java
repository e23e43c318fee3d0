package io.towerbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Whether vectors are also written for a service that finds nearest neighbours. */
public interface VectorIndexOptions extends PipelineOptions {
  @Description(
      "Write the vectors once more, to vector-index/, in the layout that an index is built of:"
          + " VERTEX for Vertex AI Vector Search. Default: not written")
  VectorIndex getVectorIndex();

  void setVectorIndex(VectorIndex vectorIndex);

  /** Whose layout it is. */
  enum VectorIndex {
    VERTEX
  }
}
