package io.towerbeam.templates.cloud;

import com.google.api.services.storage.model.StorageObject;
import io.towerbeam.templates.cloud.Endpoint.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploads in parts: a session is asked for, then each part goes to the session's address and says
 * where it belongs. The object appears with the last part, if it may.
 */
final class ResumableUploads {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  private final FakeBuckets buckets;
  private final AtomicInteger lastSession = new AtomicInteger();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  private record Session(
      String bucket, String name, String contentType, Long ifGeneration, Path content) {}

  ResumableUploads(FakeBuckets buckets) {
    this.buckets = buckets;
  }

  /** Answers with the address of a new session. */
  Reply begin(Arguments call) throws IOException {
    if (!"resumable".equals(call.query().get("uploadType"))) {
      throw Refusal.badRequest("only resumable uploads are served here");
    }
    StorageObject object = call.message(StorageObject.class);
    String name = call.query().getOrDefault("name", object.getName());
    if (name == null || name.isEmpty()) {
      throw Refusal.badRequest("Required");
    }
    String generation = call.query().get("ifGenerationMatch");
    Long ifGeneration = generation == null ? null : Long.valueOf(generation);
    String bucket = call.path().get("bucket");
    buckets.requireGeneration(bucket, name, ifGeneration);
    String contentType = call.call().header("x-upload-content-type");
    String id = "session-" + lastSession.incrementAndGet();
    sessions.put(
        id,
        new Session(bucket, name, contentType, ifGeneration, Files.createFile(buckets.newFile())));
    return Reply.empty(
        200,
        Map.of(
            "Location",
            "http://%s%s?uploadType=resumable&upload_id=%s"
                .formatted(call.call().header("host"), call.call().path(), id)));
  }

  /** Takes a part, if the call is one. */
  Optional<Reply> part(Call call) throws IOException {
    String id = call.query().get("upload_id");
    if (id == null || !call.method().equals("PUT")) {
      return Optional.empty();
    }
    Session session = sessions.get(id);
    if (session == null) {
      throw Refusal.notFound("no such upload: " + id);
    }
    synchronized (session) {
      return Optional.of(part(session, id, call));
    }
  }

  private Reply part(Session session, String id, Call call) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(call.header("content-range"));
    if (!range.matches()) {
      throw Refusal.badRequest("Content-Range: " + call.header("content-range"));
    }
    if (range.group(1) != null) {
      append(session, Long.parseLong(range.group(1)), Long.parseLong(range.group(2)), call.body());
    }
    long size = Files.size(session.content());
    if (range.group(3).equals("*")) {
      return goOn(size);
    }
    if (size < Long.parseLong(range.group(3))) {
      return goOn(size);
    }
    if (size > Long.parseLong(range.group(3))) {
      throw Refusal.badRequest("more bytes than said: " + size);
    }
    sessions.remove(id);
    return Reply.of(
        buckets
            .store(
                session.bucket(),
                session.name(),
                session.contentType(),
                session.content(),
                session.ifGeneration())
            .metadata());
  }

  private static void append(Session session, long first, long last, byte[] part)
      throws IOException {
    long expected = Files.size(session.content());
    if (first != expected) {
      throw Refusal.badRequest(
          "Invalid request. The part begins at %d, expected is %d".formatted(first, expected));
    }
    if (part.length != last - first + 1) {
      throw Refusal.badRequest(
          "Invalid request. %d bytes sent, %d said".formatted(part.length, last - first + 1));
    }
    Files.write(session.content(), part, StandardOpenOption.APPEND);
  }

  /** 308: so much is here, send the rest. */
  private static Reply goOn(long size) {
    return Reply.empty(308, size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)));
  }
}
