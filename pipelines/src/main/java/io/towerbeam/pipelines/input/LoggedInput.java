package io.towerbeam.pipelines.input;

import io.towerbeam.schemas.Item;
import io.towerbeam.transforms.read.ReadInteractions;
import io.towerbeam.transforms.read.ReadItems;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionList;
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
    interactions.validate();
    if (items != null) {
      items.validate();
    }
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
    List<String> patterns = new ArrayList<>(interactions.patterns());
    if (items != null) {
      patterns.addAll(items.patterns());
    }
    return List.copyOf(patterns);
  }

  @Override
  public Rows read(PBegin begin) {
    ReadInteractions.Result log = interactions.read(begin);
    if (items == null) {
      return new Rows(log.blocks(), Rows.none(begin, Item.class), log.rejected());
    }
    ReadItems.Result catalogue = items.read(begin);
    return new Rows(
        log.blocks(),
        catalogue.items(),
        PCollectionList.of(log.rejected())
            .and(catalogue.rejected())
            .apply("Rejected", Flatten.pCollections()));
  }
}
