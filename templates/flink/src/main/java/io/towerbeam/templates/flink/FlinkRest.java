package io.towerbeam.templates.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks a cluster's REST interface.
 *
 * @param address where it is
 */
record FlinkRest(RestAddress address) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /**
   * What {@code path} answers.
   *
   * @throws IOException if nothing answers in 20 seconds, or something else than JSON
   */
  JsonNode get(String path) throws IOException {
    URI uri = address.resource(path);
    HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();
    try {
      String body =
          client
              .send(HttpRequest.newBuilder(uri).timeout(LONGEST).build(), BodyHandlers.ofString())
              .body();
      return JSON.readTree(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + uri + " was asked", e);
    }
  }
}
