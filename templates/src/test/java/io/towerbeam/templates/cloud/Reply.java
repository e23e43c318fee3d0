package io.towerbeam.templates.cloud;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param headers beside the content's length
 * @param body empty for none
 */
record Reply(int status, Map<String, String> headers, byte[] body) {
  static Reply of(GenericJson message) throws IOException {
    return json(200, GsonFactory.getDefaultInstance().toByteArray(message));
  }

  static Reply json(int status, byte[] json) {
    return new Reply(status, Map.of("Content-Type", "application/json; charset=UTF-8"), json);
  }

  static Reply empty(int status, Map<String, String> headers) {
    return new Reply(status, headers, new byte[0]);
  }
}
