package io.towerbeam.templates.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Buckets and what is in them. Safe for use by many threads. */
public final class FakeBuckets {
  private final Path folder;
  private final AtomicLong lastGeneration = new AtomicLong(1_700_000_000_000_000L);
  private final Map<String, NavigableMap<String, StoredObject>> buckets = new TreeMap<>();

  FakeBuckets(Path folder) {
    this.folder = folder;
  }

  /** Makes an empty bucket. */
  public synchronized void create(String bucket) {
    buckets.putIfAbsent(bucket, new TreeMap<>());
  }

  /** Puts a text into an object, in place of what was there. */
  public void put(String bucket, String name, String text) {
    put(bucket, name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts bytes into an object, in place of what was there. */
  public void put(String bucket, String name, byte[] bytes) {
    Path content = newFile();
    try {
      Files.write(content, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store(bucket, name, "application/octet-stream", content, null);
  }

  /** The names of the objects of a bucket that begin so, sorted. */
  public synchronized List<String> names(String bucket, String prefix) {
    return objects(bucket).tailMap(prefix).keySet().stream()
        .takeWhile(name -> name.startsWith(prefix))
        .toList();
  }

  /** What is in an object. */
  public byte[] bytes(String bucket, String name) throws IOException {
    return Files.readAllBytes(get(bucket, name).content());
  }

  /** The UTF-8 text in an object. */
  public String text(String bucket, String name) throws IOException {
    return new String(bytes(bucket, name), StandardCharsets.UTF_8);
  }

  synchronized StoredObject get(String bucket, String name) {
    StoredObject object = objects(bucket).get(name);
    if (object == null) {
      throw Refusal.notFound("No such object: %s/%s".formatted(bucket, name));
    }
    return object;
  }

  synchronized void delete(String bucket, String name) {
    objects(bucket).remove(get(bucket, name).name());
  }

  /** The file of an object that is yet to be stored. */
  Path newFile() {
    return folder.resolve("content-" + lastGeneration.incrementAndGet());
  }

  /**
   * Stores a whole file as an object.
   *
   * @param ifGeneration the generation that must stand there now, 0 for no object; null for any
   */
  synchronized StoredObject store(
      String bucket, String name, String contentType, Path content, Long ifGeneration) {
    requireGeneration(bucket, name, ifGeneration);
    StoredObject object =
        new StoredObject(bucket, name, lastGeneration.incrementAndGet(), contentType, content);
    objects(bucket).put(name, object);
    return object;
  }

  synchronized void requireGeneration(String bucket, String name, Long ifGeneration) {
    StoredObject now = objects(bucket).get(name);
    long generation = now == null ? 0 : now.generation();
    if (ifGeneration != null && ifGeneration != generation) {
      throw new Refusal(
          412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }
  }

  /** The objects of a bucket, by name. */
  synchronized NavigableMap<String, StoredObject> objects(String bucket) {
    NavigableMap<String, StoredObject> objects = buckets.get(bucket);
    if (objects == null) {
      throw Refusal.notFound("The specified bucket does not exist.");
    }
    return objects;
  }
}
