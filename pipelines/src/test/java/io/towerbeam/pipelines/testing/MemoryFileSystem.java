package io.towerbeam.pipelines.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/** An object store in this process's memory: whole objects, no folders, no locks. */
public final class MemoryFileSystem extends FileSystem<MemoryFileSystem.ObjectName> {
  private static final SortedMap<String, byte[]> OBJECTS = new ConcurrentSkipListMap<>();

  /** How Beam finds it. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new MemoryFileSystem());
    }
  }

  /** An object's full name. */
  record ObjectName(String name) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      return new ObjectName(name + "/" + other);
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new ObjectName(name.substring(0, name.lastIndexOf('/')));
    }

    @Override
    public String getScheme() {
      return "memory";
    }

    @Override
    public String getFilename() {
      return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return false;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    return specs.stream().map(MemoryFileSystem::matchOne).toList();
  }

  private static MatchResult matchOne(String spec) {
    Pattern names =
        Pattern.compile(
            Stream.of(spec.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    List<Metadata> found =
        OBJECTS.keySet().stream()
            .filter(name -> names.matcher(name).matches())
            .map(MemoryFileSystem::metadata)
            .toList();
    return MatchResult.create(found.isEmpty() ? Status.NOT_FOUND : Status.OK, found);
  }

  private static Metadata metadata(String name) {
    return Metadata.builder()
        .setResourceId(new ObjectName(name))
        .setSizeBytes(OBJECTS.get(name).length)
        .setIsReadSeekEfficient(false)
        .build();
  }

  @Override
  protected WritableByteChannel create(ObjectName object, CreateOptions options) {
    return Channels.newChannel(
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            OBJECTS.put(object.name(), toByteArray());
          }
        });
  }

  @Override
  protected ReadableByteChannel open(ObjectName object) throws IOException {
    byte[] bytes = OBJECTS.get(object.name());
    if (bytes == null) {
      throw new FileNotFoundException(object.name());
    }
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  @Override
  protected void copy(List<ObjectName> from, List<ObjectName> to) {
    for (int i = 0; i < from.size(); i++) {
      OBJECTS.put(to.get(i).name(), OBJECTS.get(from.get(i).name()));
    }
  }

  @Override
  protected void rename(List<ObjectName> from, List<ObjectName> to, MoveOptions... options) {
    copy(from, to);
    delete(from);
  }

  @Override
  protected void delete(Collection<ObjectName> objects) {
    objects.forEach(object -> OBJECTS.remove(object.name()));
  }

  @Override
  protected ObjectName matchNewResource(String spec, boolean isDirectory) {
    return new ObjectName(spec);
  }

  @Override
  protected String getScheme() {
    return "memory";
  }
}
