package io.towerbeam.transforms.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towerbeam.schemas.Embedding;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What Vertex AI Vector Search is told of vectors and of their index. */
final class VectorIndexJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper LINES = new ObjectMapper();
  private static final ObjectMapper INDENTED =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The values of the service's own example, which it calls a start for any data. */
  private static final int NEIGHBOURS = 150;

  private static final int LEAF_VECTORS = 1_000;
  private static final int LEAVES_SEARCHED_PERCENT = 10;

  private VectorIndexJson() {}

  /** A vector as a line, its end included; a restrict if it has categories. */
  static byte[] line(Embedding vector, List<String> categories) {
    ObjectNode line = NODES.objectNode().put("id", vector.getId());
    ArrayNode embedding = line.putArray("embedding");
    vector.getVector().forEach(embedding::add);
    if (!categories.isEmpty()) {
      ObjectNode restrict = line.putArray("restricts").addObject().put("namespace", "category");
      ArrayNode allow = restrict.putArray("allow");
      categories.forEach(allow::add);
    }
    return bytes(LINES, line);
  }

  /** The metadata file that {@code gcloud ai indexes create} takes. */
  static byte[] metadata(String folder, long dimensions) {
    ObjectNode metadata = NODES.objectNode().put("contentsDeltaUri", folder);
    ObjectNode config = metadata.putObject("config");
    config.put("dimensions", dimensions);
    config.put("approximateNeighborsCount", NEIGHBOURS);
    config.put("distanceMeasureType", "DOT_PRODUCT_DISTANCE");
    config.put("featureNormType", "NONE");
    ObjectNode tree = config.putObject("algorithmConfig").putObject("treeAhConfig");
    tree.put("leafNodeEmbeddingCount", LEAF_VECTORS);
    tree.put("leafNodesToSearchPercent", LEAVES_SEARCHED_PERCENT);
    return bytes(INDENTED, metadata);
  }

  private static byte[] bytes(ObjectMapper mapper, JsonNode node) {
    try {
      return (mapper.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }
}
