package io.towerbeam.pipelines.input;

import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.read.GenerateFilmSample;
import java.util.List;
import org.apache.beam.sdk.values.PBegin;

/** The generated sample: there is an input without any files. */
public record GeneratedSample() implements InputSource {
  @Override
  public void validate() {
    // nothing is read that could be missing
  }

  @Override
  public boolean isSynthetic() {
    return true;
  }

  @Override
  public boolean hasCatalogue() {
    return true;
  }

  @Override
  public List<String> patterns() {
    return List.of();
  }

  @Override
  public List<InputColumn> columns() {
    return List.of();
  }

  @Override
  public Rows read(PBegin begin) {
    GenerateFilmSample.Result sample =
        begin.apply("GenerateFilmSample", GenerateFilmSample.create());
    return new Rows(sample.blocks(), sample.items(), Rows.none(begin, RejectedRecord.class));
  }
}
