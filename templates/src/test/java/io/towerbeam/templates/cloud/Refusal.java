package io.towerbeam.templates.cloud;

import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** An answer other than yes, in the words and the JSON of Google's services. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  Refusal(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, "invalid", message);
  }

  static Refusal notFound(String message) {
    return new Refusal(404, "notFound", message);
  }

  int status() {
    return status;
  }

  Reply reply() {
    Map<String, Object> error =
        Map.of(
            "code",
            status,
            "message",
            getMessage(),
            "errors",
            List.of(Map.of("domain", "global", "reason", reason, "message", getMessage())));
    try {
      return Reply.json(
          status, GsonFactory.getDefaultInstance().toByteArray(Map.of("error", error)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
