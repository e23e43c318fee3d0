package io.towerbeam.transforms.files;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.CreateOptions.StandardCreateOptions;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A folder on any of Beam's file systems. Files appear in it whole or not at all. Safe for use by
 * many threads and processes at once.
 *
 * @param path without a trailing separator
 */
public record Folder(String path) implements Serializable {
  private static final String BINARY = "application/octet-stream";

  public Folder {
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
  }

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The folder {@code name} inside this one. */
  public Folder folder(String name) {
    return new Folder(file(name));
  }

  /**
   * The path of file {@code name} in this folder.
   *
   * @throws IllegalArgumentException if the name would leave the folder
   */
  public String file(String name) {
    if (name.isEmpty() || name.startsWith("/") || List.of(name.split("/", -1)).contains("..")) {
      throw new IllegalArgumentException("not a name inside a folder: " + name);
    }
    return path + "/" + name;
  }

  /**
   * Writes a file under a passing name and moves it to its own when it is whole; replaces one of
   * the same name.
   */
  public void write(String name, Content content) throws IOException {
    ResourceId target = FileSystems.matchNewResource(file(name), false);
    ResourceId passing =
        FileSystems.matchNewResource(file(name) + "." + UUID.randomUUID() + ".tmp", false);
    try {
      try (OutputStream out = Channels.newOutputStream(FileSystems.create(passing, BINARY))) {
        content.writeTo(out);
      }
      FileSystems.rename(List.of(passing), List.of(target));
    } catch (IOException | RuntimeException e) {
      discard(passing, e);
      throw e;
    }
  }

  /**
   * Writes a file if there is none of that name; false if there is one.
   *
   * <p>On a local disk, and in Google Cloud Storage, exactly one of many that try at once succeeds,
   * and the file appears whole. (Where a disk has no hard links, a reader may meet the file while
   * it is being written.) Beam knows no such promise of other stores: there the file is looked for,
   * written and read back. Of two that begin within that instant the later one's file may take the
   * place of the first's after the first has read its own back, and then both believe that they
   * succeeded; a reader meets one whole file or the other.
   */
  public boolean create(String name, Content content) throws IOException {
    if (exists(name)) {
      return false;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    ResourceId target = FileSystems.matchNewResource(file(name), false);
    if (target.getScheme().equals("file")) {
      return createOnDisk(Path.of(target.toString()), bytes.toByteArray());
    }
    if (target.getScheme().equals("gs")) {
      createInBucket(name, target, bytes);
    } else {
      write(name, bytes::writeTo);
    }
    try (InputStream in = open(name)) {
      return Arrays.equals(in.readAllBytes(), bytes.toByteArray());
    }
  }

  /** The service takes the object if there is none of its name; it appears whole or not at all. */
  private void createInBucket(String name, ResourceId target, ByteArrayOutputStream bytes)
      throws IOException {
    CreateOptions ifAbsent =
        StandardCreateOptions.builder().setMimeType(BINARY).setExpectFileToNotExist(true).build();
    try (OutputStream out = Channels.newOutputStream(FileSystems.create(target, ifAbsent))) {
      bytes.writeTo(out);
    } catch (IOException e) {
      if (!exists(name)) {
        throw e; // for another reason than that somebody else was first
      }
    }
  }

  private static boolean createOnDisk(Path target, byte[] bytes) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path passing = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.write(passing, bytes, StandardOpenOption.CREATE_NEW);
      return link(target, passing);
    } finally {
      Files.deleteIfExists(passing);
    }
  }

  /** A second name for a whole file: the one step that fails if the name is taken. */
  private static boolean link(Path target, Path whole) throws IOException {
    try {
      Files.createLink(target, whole);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return copy(target, whole);
    }
  }

  private static boolean copy(Path target, Path whole) throws IOException {
    try {
      Files.copy(whole, target); // opens the target as new
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void discard(ResourceId passing, Exception cause) {
    try {
      FileSystems.delete(List.of(passing), StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Opens a file.
   *
   * @throws FileNotFoundException if there is none of that name
   */
  public InputStream open(String name) throws IOException {
    return openPath(file(name));
  }

  /**
   * Opens a file by its whole path.
   *
   * @throws FileNotFoundException if there is none
   */
  public static InputStream openPath(String path) throws IOException {
    if (FilePatterns.match(path).isEmpty()) {
      throw new FileNotFoundException(path);
    }
    return Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(path, false)));
  }

  /** Whether there is a file of that name. */
  public boolean exists(String name) throws IOException {
    return !FilePatterns.match(file(name)).isEmpty();
  }

  /** The names of this folder's files that match a glob without separators, sorted. */
  public List<String> list(String glob) throws IOException {
    return FilePatterns.match(file(glob)).stream()
        .map(metadata -> metadata.resourceId().getFilename())
        .filter(name -> !name.endsWith(".tmp"))
        .sorted()
        .toList();
  }

  /**
   * The path of a link below this folder that leads out of it, or nowhere; empty if there is none,
   * as in stores that have no links. The folder itself may be reached through a link.
   */
  public Optional<String> linkOut() throws IOException {
    ResourceId folder = FileSystems.matchNewResource(path, true);
    Path root = folder.getScheme().equals("file") ? Path.of(folder.toString()) : null;
    if (root == null || !Files.isDirectory(root)) {
      return Optional.empty();
    }
    Path real = root.toRealPath();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path link : all.filter(Files::isSymbolicLink).toList()) {
        if (!Files.exists(link) || !link.toRealPath().startsWith(real)) {
          return Optional.of(root.relativize(link).toString());
        }
      }
    }
    return Optional.empty();
  }

  /** Deletes a file, if it is there. */
  public void delete(String name) throws IOException {
    FileSystems.delete(
        List.of(FileSystems.matchNewResource(file(name), false)),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
