package io.towerbeam.pipelines.input;

import io.towerbeam.schemas.InputColumn;
import io.towerbeam.schemas.InputFile;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.values.PBegin;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An interaction log, with or without a catalogue.
 *
 * @param items null if there is no catalogue
 */
public record LoggedInput(InteractionSource interactions, @Nullable ItemSource items)
    implements InputSource {
  @Override
  public void validate() {
    given().requireReadable();
  }

  @Override
  public boolean isSynthetic() {
    return false;
  }

  @Override
  public boolean hasCatalogue() {
    return items != null;
  }

  @Override
  public List<String> patterns() {
    return given().patterns();
  }

  @Override
  public List<InputFile> tables() {
    return given().tables();
  }

  @Override
  public List<InputColumn> columns() {
    return items == null
        ? interactions.columns()
        : Stream.of(interactions.columns(), items.columns()).flatMap(List::stream).toList();
  }

  @Override
  public Rows read(PBegin begin) {
    return given().read(begin);
  }

  private GivenInput given() {
    return new GivenInput(interactions, items);
  }
}
