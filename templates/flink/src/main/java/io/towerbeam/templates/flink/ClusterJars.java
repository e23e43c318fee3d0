package io.towerbeam.templates.flink;

import java.util.regex.Pattern;

/**
 * The jars that stand in a cluster's own {@code lib} and that a job does not carry. Flink gives
 * every job a class loader of its own, and a native library loads once per process: a second job
 * that brought DJL along could not load libtorch again.
 */
final class ClusterJars {
  private static final Pattern NAME =
      Pattern.compile(
          "(.*[/\\\\=])?("
              + "api-\\d[^/\\\\]*|jna-\\d[^/\\\\]*|pytorch-(engine|jni|native)-[^/\\\\]*" // DJL
              + "|flink-[^/\\\\]*|kryo-[^/\\\\]*|slf4j-[^/\\\\]*" // Flink
              + ")\\.jar");

  private ClusterJars() {}

  /** Whether a file of the class path is one; a staged file's other name may stand before it. */
  static boolean isOne(String file) {
    return NAME.matcher(file).matches();
  }
}
