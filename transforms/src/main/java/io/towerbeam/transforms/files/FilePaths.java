package io.towerbeam.transforms.files;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The paths of a folder's files that match a glob; none if nothing does. */
public final class FilePaths extends PTransform<PBegin, PCollection<String>> {
  private final String pattern;

  private FilePaths(String pattern) {
    this.pattern = pattern;
  }

  /** Those of the files in {@code folder} whose names match {@code glob}. */
  public static FilePaths of(Folder folder, String glob) {
    return new FilePaths(folder.file(glob));
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply(
            "Match",
            FileIO.match().filepattern(pattern).withEmptyMatchTreatment(EmptyMatchTreatment.ALLOW))
        .apply(
            "Path",
            MapElements.into(TypeDescriptors.strings())
                .via((MatchResult.Metadata file) -> file.resourceId().toString()))
        .setCoder(StringUtf8Coder.of());
  }
}
