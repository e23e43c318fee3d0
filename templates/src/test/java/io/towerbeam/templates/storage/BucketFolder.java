package io.towerbeam.templates.storage;

import io.towerbeam.templates.cloud.FakeCloud;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder in a bucket of a fake cloud. */
record BucketFolder(FakeCloud cloud, String bucket, String name) implements Place {
  @Override
  public String root() {
    return "gs://" + bucket + "/" + name;
  }

  @Override
  public List<String> options() {
    return cloud.options();
  }

  @Override
  public SortedMap<String, byte[]> files() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String object : cloud.buckets().names(bucket, name + "/")) {
      files.put(object.substring(name.length() + 1), cloud.buckets().bytes(bucket, object));
    }
    return files;
  }
}
