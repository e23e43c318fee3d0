package io.towerbeam.templates.cloud;

import com.google.api.client.http.GenericUrl;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request as it came in.
 *
 * @param method the HTTP method
 * @param path decoded nowhere: an object's name may hold escaped slashes
 * @param query decoded; of a name given twice the last value
 * @param headers names in lower case
 * @param body empty for none
 */
record Call(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  /** A call of a target such as {@code /storage/v1/b?project=p}. */
  static Call of(String method, String target, Map<String, String> headers, byte[] body) {
    int end = target.indexOf('?');
    Map<String, String> query = new HashMap<>();
    new GenericUrl("http://localhost" + target)
        .forEach((name, values) -> query.put(name, last(values)));
    Map<String, String> lowerCase = new HashMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    return new Call(method, end < 0 ? target : target.substring(0, end), query, lowerCase, body);
  }

  private static String last(Object values) {
    String last = "";
    for (Object value : values instanceof Collection<?> many ? many : List.of(values)) {
      last = value.toString();
    }
    return last;
  }

  /** A header's value; empty if it is missing. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }
}
