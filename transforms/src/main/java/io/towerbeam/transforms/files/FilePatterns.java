package io.towerbeam.transforms.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/** Looks up the files of a path or pattern. */
public final class FilePatterns {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9+.]+:.*");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private FilePatterns() {}

  /**
   * The files that match, in path order; none if nothing does.
   *
   * <p>Beam's local file system walks everything below a pattern's parent folder, and does so for a
   * plain path too if there is no such file: a mistyped {@code /ratings.csv} would walk the disk.
   * So local paths, and patterns whose wildcards stand in the last name alone, are looked up here.
   *
   * @throws IOException if they cannot be looked up
   */
  public static List<Metadata> match(String pattern) throws IOException {
    List<Metadata> files = new ArrayList<>();
    Optional<Path> local = local(pattern);
    if (local.isPresent()) {
      for (Path file : list(local.get())) {
        files.addAll(FileSystems.match(file.toString(), EmptyMatchTreatment.ALLOW).metadata());
      }
    } else {
      MatchResult found = FileSystems.match(pattern, EmptyMatchTreatment.ALLOW);
      if (found.status() != MatchResult.Status.NOT_FOUND) {
        files.addAll(found.metadata());
      }
    }
    files.sort(Comparator.comparing(file -> file.resourceId().toString()));
    return files;
  }

  /** The pattern as a local path, unless it is a URI or has wildcards in a folder's name. */
  private static Optional<Path> local(String pattern) {
    if (SCHEME.matcher(pattern).matches()) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(pattern);
      boolean isPlain = path.getParent() == null || !hasWildcard(path.getParent());
      return isPlain && path.getFileName() != null ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean hasWildcard(Path path) {
    return WILDCARD.matcher(path.toString()).find();
  }

  private static List<Path> list(Path path) throws IOException {
    if (Files.exists(path)) {
      return List.of(path);
    }
    Path parent = path.toAbsolutePath().getParent();
    if (!hasWildcard(path) || !Files.isDirectory(parent)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(parent, path.getFileName().toString())) {
      entries.forEach(files::add);
    } catch (PatternSyntaxException e) {
      throw new IOException("not a pattern: " + path, e);
    }
    files.removeIf(Files::isDirectory);
    return files;
  }
}
