package io.towerbeam.templates.cloud;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Calls that no client library would make. */
final class Http {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  /**
   * What came back.
   *
   * @param header Location if there is one, else Range, else empty
   */
  record Answer(int status, String header, String text) {
    /** The message of an error. */
    String error() throws IOException {
      GenericJson json = GsonFactory.getDefaultInstance().fromString(text, GenericJson.class);
      return ((Map<?, ?>) json.get("error")).get("message").toString();
    }
  }

  static Answer call(FakeCloud cloud, String method, String target, String body, String... headers)
      throws IOException, InterruptedException {
    String url = target.startsWith("http") ? target : cloud.url() + target;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofString(body));
    request.header("Authorization", "Bearer " + FakeCloud.TOKEN);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    String range = response.headers().firstValue("Range").orElse("");
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Location").orElse(range),
        response.body());
  }
}
