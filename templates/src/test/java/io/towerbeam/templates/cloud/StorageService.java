package io.towerbeam.templates.cloud;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.RewriteResponse;
import com.google.api.services.storage.model.StorageObject;
import io.towerbeam.templates.cloud.Endpoint.Arguments;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The methods of Cloud Storage that Beam's file system reads, lists, writes and moves files by. */
final class StorageService {
  static final String PATH = "/storage/v1/";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final int MOST_PER_PAGE = 1000;

  private final FakeBuckets buckets;
  private final ResumableUploads uploads;

  StorageService(FakeBuckets buckets, ResumableUploads uploads) {
    this.buckets = buckets;
    this.uploads = uploads;
  }

  List<Endpoint> endpoints() throws IOException {
    Storage client =
        new Storage.Builder(Offline.TRANSPORT, GsonFactory.getDefaultInstance(), null)
            .setApplicationName("samples")
            .build();
    Storage.Objects objects = client.objects();
    return List.of(
        new Endpoint(PATH, client.buckets().get("b"), this::bucket),
        new Endpoint(PATH, objects.list("b"), this::list),
        new Endpoint(PATH, objects.get("b", "o"), this::get),
        new Endpoint("/download" + PATH, objects.get("b", "o"), this::get),
        new Endpoint(PATH, objects.delete("b", "o"), this::delete),
        new Endpoint(PATH, objects.rewrite("b", "o", "b", "o", null), this::rewrite),
        new Endpoint("/upload" + PATH, objects.insert("b", new StorageObject()), uploads::begin));
  }

  private Reply bucket(Arguments call) throws IOException {
    String name = call.path().get("bucket");
    buckets.objects(name);
    return Reply.of(
        new Bucket()
            .setKind("storage#bucket")
            .setId(name)
            .setName(name)
            .setLocation("US-CENTRAL1")
            .setProjectNumber(BigInteger.valueOf(1)));
  }

  private Reply get(Arguments call) throws IOException {
    StoredObject object = buckets.get(call.path().get("bucket"), call.path().get("object"));
    String generation = call.query().get("generation");
    if (generation != null && Long.parseLong(generation) != object.generation()) {
      throw Refusal.notFound("No such object: %s/%s".formatted(object.bucket(), object.name()));
    }
    return "media".equals(call.query().get("alt"))
        ? content(object, call.call().header("range"))
        : Reply.of(object.metadata());
  }

  private static Reply content(StoredObject object, String range) throws IOException {
    long size = Files.size(object.content());
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", object.contentType());
    headers.put("x-goog-generation", Long.toString(object.generation()));
    Matcher wanted = RANGE.matcher(range);
    if (!wanted.matches()) {
      return new Reply(200, headers, object.bytes(0, size - 1));
    }
    long first = Long.parseLong(wanted.group(1));
    if (first >= size) {
      throw new Refusal(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
    }
    String end = wanted.group(2);
    long last = end.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(end));
    headers.put("Content-Range", "bytes %d-%d/%d".formatted(first, last, size));
    return new Reply(206, headers, object.bytes(first, last));
  }

  /** A page of names in order; the token of the next page is the last name of this one. */
  private Reply list(Arguments call) throws IOException {
    String bucket = call.path().get("bucket");
    String prefix = call.query().getOrDefault("prefix", "");
    String delimiter = call.query().getOrDefault("delimiter", "");
    String after = call.query().getOrDefault("pageToken", "");
    int most = Integer.parseInt(call.query().getOrDefault("maxResults", "" + MOST_PER_PAGE));
    Objects page = new Objects().setKind("storage#objects");
    List<StorageObject> items = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    for (String name : buckets.names(bucket, prefix)) {
      int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      if (name.compareTo(after) <= 0) {
        continue;
      }
      if (end >= 0) {
        folders.add(name.substring(0, end + delimiter.length()));
      } else if (items.size() == Math.min(most, MOST_PER_PAGE)) {
        page.setNextPageToken(items.get(items.size() - 1).getName());
        break;
      } else {
        items.add(buckets.get(bucket, name).metadata());
      }
    }
    // the service leaves empty lists out
    page.setItems(items.isEmpty() ? null : items);
    page.setPrefixes(folders.isEmpty() ? null : List.copyOf(folders));
    return Reply.of(page);
  }

  private Reply delete(Arguments call) {
    String bucket = call.path().get("bucket");
    String name = call.path().get("object");
    String generation = call.query().get("ifGenerationMatch");
    buckets.requireGeneration(bucket, name, generation == null ? null : Long.valueOf(generation));
    buckets.delete(bucket, name);
    return Reply.empty(204, Map.of());
  }

  /** A copy inside the service, all of it at once. */
  private Reply rewrite(Arguments call) throws IOException {
    StoredObject from =
        buckets.get(call.path().get("sourceBucket"), call.path().get("sourceObject"));
    StoredObject copy =
        buckets.store(
            call.path().get("destinationBucket"),
            call.path().get("destinationObject"),
            from.contentType(),
            from.content(),
            null);
    long size = Files.size(copy.content());
    return Reply.of(
        new RewriteResponse()
            .setKind("storage#rewriteResponse")
            .setDone(true)
            .setObjectSize(size)
            .setTotalBytesRewritten(size)
            .setResource(copy.metadata()));
  }
}
