package io.towerbeam.transforms.read;

import io.towerbeam.schemas.Item;
import io.towerbeam.schemas.RejectedRecord;
import io.towerbeam.schemas.RejectionReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/** What a catalogue's files give, without a pipeline. */
record Catalogue(List<Item> items, List<RejectedRecord> rejected) {

  static Catalogue read(String pattern, ItemFormat format) throws IOException {
    Catalogue catalogue = new Catalogue(new ArrayList<>(), new ArrayList<>());
    CatalogueParser parser =
        new CatalogueParser(format, catalogue.items::add, catalogue.rejected::add);
    for (Metadata file : InputFiles.match(pattern)) {
      parser.parse(file.resourceId());
    }
    return catalogue;
  }

  List<RejectionReason> reasons() {
    return rejected.stream().map(RejectedRecord::getReason).toList();
  }
}
