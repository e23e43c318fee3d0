package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.InteractionOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.transforms.read.DelimitedText;
import io.towerbeam.transforms.read.InputLayout;
import io.towerbeam.transforms.read.InteractionFormat;
import io.towerbeam.transforms.read.ReadInteractions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.values.PBegin;

/**
 * Interactions as delimited text.
 *
 * @param pattern the files
 * @param format what is in them
 */
public record TextInteractions(String pattern, InteractionFormat format)
    implements InteractionSource {
  /** By the column names of the options; looks into a header. */
  public static TextInteractions of(String pattern, InteractionOptions options) {
    DelimitedText text = DelimitedText.withHeader(DelimitedText.separatorOf(pattern));
    List<String> columns = InputLayout.columns(pattern, text);
    return new TextInteractions(
        pattern,
        InteractionFormat.of(
                text,
                options.getUserColumn(),
                options.getItemColumn(),
                columns.contains(options.getRatingColumn()) ? options.getRatingColumn() : "",
                options.getTimeColumn())
            .withOptionalRating()
            .withTimeUnit(TimeUnit.valueOf(options.getTimeUnit().name())));
  }

  @Override
  public void validate() {
    InputLayout.checkInteractions(pattern, format);
  }

  @Override
  public List<String> patterns() {
    return List.of(pattern);
  }

  @Override
  public List<InputColumn> columns() {
    return InputColumns.ofInteractions(
        format.userColumn(), format.itemColumn(), format.ratingColumn(), format.timeColumn());
  }

  @Override
  public ReadInteractions.Result read(PBegin begin) {
    return begin.apply("ReadInteractions", ReadInteractions.from(pattern, format));
  }
}
