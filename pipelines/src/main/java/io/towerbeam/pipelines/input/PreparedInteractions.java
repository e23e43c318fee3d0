package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.transforms.read.ReadInteractions;
import java.util.List;
import org.apache.beam.sdk.values.PBegin;

/**
 * The interactions of a prepared run, of all its sides. What it rejected is none of it.
 *
 * @param input the run
 */
record PreparedInteractions(PreparedInput input) implements InteractionSource {
  @Override
  public void validate() {
    input.validate();
  }

  @Override
  public void nameIn(InteractionOptions options) {
    InheritedOptions.of(input).nameIn(options);
  }

  @Override
  public List<String> patterns() {
    return input.patterns();
  }

  @Override
  public List<InputColumn> columns() {
    return input.columns();
  }

  @Override
  public ReadInteractions.Result read(PBegin begin) {
    return new ReadInteractions.Result(
        input.read(begin).interactions(), InputSource.Rows.none(begin, RejectedRecord.class));
  }
}
