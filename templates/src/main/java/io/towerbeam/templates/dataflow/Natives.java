package io.towerbeam.templates.dataflow;

import java.util.regex.Pattern;

/**
 * The jars of libtorch itself. The worker image holds the build for its GPU, so they are never
 * staged: a second build beside it on the class path would be a toss-up, and they are large.
 */
final class Natives {
  private static final Pattern NAME =
      Pattern.compile("(.*[/\\\\=])?pytorch-native-[^/\\\\]*\\.jar");

  private Natives() {}

  /** Whether a file of the class path is one; a staged file's other name may stand before it. */
  static boolean isOne(String file) {
    return NAME.matcher(file).matches();
  }
}
