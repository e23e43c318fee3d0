package io.towerbeam.pipelines.input;

import io.towerbeam.schemas.InputColumn;
import java.util.List;
import java.util.stream.Stream;

/** Names of columns with what they are taken for; an empty name is a column that is not there. */
final class InputColumns {
  private InputColumns() {}

  static List<InputColumn> ofInteractions(String user, String item, String rating, String time) {
    return present(
        new InputColumn("user", user),
        new InputColumn("item", item),
        new InputColumn("rating", rating),
        new InputColumn("time", time));
  }

  static List<InputColumn> ofItems(String id, String title, String categories) {
    return present(
        new InputColumn("item_id", id),
        new InputColumn("title", title),
        new InputColumn("categories", categories));
  }

  private static List<InputColumn> present(InputColumn... columns) {
    return Stream.of(columns).filter(column -> !column.getName().isEmpty()).toList();
  }
}
