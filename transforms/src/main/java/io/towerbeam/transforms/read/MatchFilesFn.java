package io.towerbeam.transforms.read;

import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.transforms.DoFn;

/** From a pattern to the files that it matches, of which there must be one. */
final class MatchFilesFn extends DoFn<String, Metadata> {
  private static final long serialVersionUID = 1;

  @ProcessElement
  public void matchFiles(@Element String pattern, OutputReceiver<Metadata> files) {
    InputFiles.match(pattern).forEach(files::output);
  }
}
