package io.towerbeam.templates.cloud;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.ClassInfo;
import com.google.api.client.util.Data;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One method of a service as the client library declares it: HTTP method, path, query parameters
 * and the class of its message, all read off a request that the library itself made.
 */
final class Endpoint {
  private final AbstractGoogleJsonClientRequest<?> sample;
  private final String service;
  private final Handler handler;
  private final List<String> template;

  /** What it does. */
  interface Handler {
    Reply handle(Arguments arguments) throws IOException;
  }

  /**
   * What a call says.
   *
   * @param path the variables of the path, by name, decoded
   * @param query the query parameters, by name
   * @param message of the class that the library sends; null if the method takes none
   */
  record Arguments(
      Call call, Map<String, String> path, Map<String, String> query, GenericJson message) {
    <T extends GenericJson> T message(Class<T> type) {
      return type.cast(message);
    }
  }

  /**
   * @param service where the service's paths begin, such as {@code /storage/v1/}
   * @param sample a request as the library makes it, its message empty
   */
  Endpoint(String service, AbstractGoogleJsonClientRequest<?> sample, Handler handler) {
    this.service = service;
    this.sample = sample;
    this.handler = handler;
    this.template = List.of(sample.getUriTemplate().split("/"));
  }

  /** The method's name, such as {@code storage.objects.get}. */
  String name() {
    String binary = sample.getClass().getName();
    return binary.substring(binary.lastIndexOf('.') + 1).replace('$', '.').toLowerCase(Locale.ROOT);
  }

  /** The variables of the path, if the call is one of this method. */
  Optional<Map<String, String>> match(Call call) {
    if (!call.method().equals(sample.getRequestMethod()) || !call.path().startsWith(service)) {
      return Optional.empty();
    }
    String[] segments = call.path().substring(service.length()).split("/", -1);
    if (segments.length != template.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < segments.length; i++) {
      String declared = template.get(i);
      String given = URLDecoder.decode(segments[i].replace("+", "%2B"), StandardCharsets.UTF_8);
      if (declared.startsWith("{") && !given.isEmpty()) {
        variables.put(declared.replaceAll("[{+}]", ""), given);
      } else if (!declared.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /**
   * Answers a call.
   *
   * @throws Refusal for what the library does not declare
   */
  Reply answer(Call call, Map<String, String> variables) throws IOException {
    call.query().forEach((name, value) -> checkParameter(name, value, variables));
    return handler.handle(new Arguments(call, variables, call.query(), message(call)));
  }

  private void checkParameter(String name, String value, Map<String, String> variables) {
    var field = ClassInfo.of(sample.getClass()).getFieldInfo(name);
    if (field == null || variables.containsKey(name)) {
      throw Refusal.badRequest("%s has no query parameter %s".formatted(name(), name));
    }
    try {
      if (!(field.getGenericType() instanceof ParameterizedType)) { // lists are of texts
        Data.parsePrimitiveValue(field.getGenericType(), value);
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("%s=%s: %s".formatted(name, value, e.getMessage()));
    }
  }

  private GenericJson message(Call call) throws IOException {
    if (sample.getJsonContent() == null) {
      if (call.body().length > 0) {
        throw Refusal.badRequest(name() + " takes no message");
      }
      return null;
    }
    String json = new String(call.body(), StandardCharsets.UTF_8);
    GenericJson message;
    List<String> unknown;
    try {
      message =
          GsonFactory.getDefaultInstance()
              .fromString(json, sample.getJsonContent().getClass().asSubclass(GenericJson.class));
      unknown = UnknownFields.in(message, json);
    } catch (RuntimeException | IOException e) { // whatever the parser stumbles on
      throw Refusal.badRequest("%s: not its message: %s".formatted(name(), e.getMessage()));
    }
    if (!unknown.isEmpty()) {
      throw Refusal.badRequest(
          "%s: its message has no field %s".formatted(name(), String.join(", ", unknown)));
    }
    return message;
  }
}
