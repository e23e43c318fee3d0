package io.towerbeam.templates.cloud;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Many calls in one message, each answered as if it had come alone. */
final class Batch {
  static final String PATH =
      "/batch" + StorageService.PATH.substring(0, StorageService.PATH.length() - 1);
  private static final String BOUNDARY = "batch_of_answers";

  private Batch() {}

  /** Answers one call. */
  interface Answerer {
    Reply answer(Call call) throws IOException;
  }

  static Reply answer(Call batch, Answerer answerer) throws IOException {
    String type = batch.header("content-type");
    String boundary = "--" + type.substring(type.indexOf("boundary=") + 9).replace("\"", "");
    // bytes and characters are the same here, so that lengths stay what they are
    String text = new String(batch.body(), StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    for (String part : text.split(Pattern.quote(boundary))) {
      if (part.isBlank() || part.startsWith("--")) {
        continue;
      }
      Reply reply = answerer.answer(inner(part.strip(), batch));
      answers.write(
          "--%s\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 %d \r\nContent-Length: %d\r\n"
              .formatted(BOUNDARY, reply.status(), reply.body().length)
              .getBytes(StandardCharsets.ISO_8859_1));
      for (Map.Entry<String, String> header : reply.headers().entrySet()) {
        answers.write(
            (header.getKey() + ": " + header.getValue() + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
      }
      answers.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
      answers.write(reply.body());
      answers.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    answers.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return new Reply(
        200,
        Map.of("Content-Type", "multipart/mixed; boundary=" + BOUNDARY),
        answers.toByteArray());
  }

  /** The call in a part: its own headers, then a request line, headers and message. */
  private static Call inner(String part, Call batch) {
    String request = part.substring(part.indexOf("\r\n\r\n") + 4);
    int end = request.indexOf("\r\n\r\n");
    String head = end < 0 ? request : request.substring(0, end);
    String body = end < 0 ? "" : request.substring(end + 4);
    String[] lines = head.split("\r\n");
    String[] first = lines[0].split(" ");
    Map<String, String> headers = new HashMap<>(batch.headers());
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
    }
    String target = first[1].replaceFirst("^https?://[^/]*", "");
    return Call.of(first[0], target, headers, body.getBytes(StandardCharsets.ISO_8859_1));
  }
}
