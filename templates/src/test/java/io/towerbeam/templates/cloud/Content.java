package io.towerbeam.templates.cloud;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** What a request carries; the client libraries compress long messages. */
final class Content {
  private Content() {}

  static byte[] of(HttpExchange exchange) throws IOException {
    boolean isCompressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream in = exchange.getRequestBody();
    try (InputStream content = isCompressed ? new GZIPInputStream(in) : in) {
      return content.readAllBytes();
    }
  }
}
