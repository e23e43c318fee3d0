package io.towerbeam.pipelines.input;

import io.towerbeam.pipelines.options.CatalogueOptions;
import io.towerbeam.schemas.InputColumn;
import io.towerbeam.transforms.read.DelimitedText;
import io.towerbeam.transforms.read.InputLayout;
import io.towerbeam.transforms.read.ItemFormat;
import io.towerbeam.transforms.read.ReadItems;
import java.util.List;
import org.apache.beam.sdk.values.PBegin;

/**
 * A catalogue as delimited text.
 *
 * @param pattern the files
 * @param format what is in them
 */
public record TextItems(String pattern, ItemFormat format) implements ItemSource {
  /** By the column names of the options; looks into a header. */
  public static TextItems of(String pattern, CatalogueOptions options) {
    DelimitedText text = DelimitedText.withHeader(DelimitedText.separatorOf(pattern));
    List<String> columns = InputLayout.columns(pattern, text);
    return new TextItems(
        pattern,
        ItemFormat.of(
            text,
            options.getItemIdColumn(),
            ifPresent(options.getTitleColumn(), columns),
            ifPresent(options.getCategoriesColumn(), columns)));
  }

  private static String ifPresent(String column, List<String> columns) {
    return columns.contains(column) ? column : "";
  }

  @Override
  public void validate() {
    InputLayout.checkItems(pattern, format);
  }

  @Override
  public List<String> patterns() {
    return List.of(pattern);
  }

  @Override
  public List<InputColumn> columns() {
    return InputColumns.ofItems(format.idColumn(), format.titleColumn(), format.categoriesColumn());
  }

  @Override
  public ReadItems.Result read(PBegin begin) {
    return begin.apply("ReadItems", ReadItems.from(pattern, format));
  }
}
