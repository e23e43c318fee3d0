package io.towerbeam.ml.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ids and their dense 0-based indexes, both ways. Immutable; about 100 bytes an id on the heap. */
public final class IdIndex {
  private final List<String> ids;
  private final Map<String, Integer> indexes;

  private IdIndex(List<String> ids, Map<String, Integer> indexes) {
    this.ids = ids;
    this.indexes = indexes;
  }

  /**
   * The index in which {@code ids.get(i)} has number i.
   *
   * @throws IllegalArgumentException if an id is there twice
   */
  public static IdIndex of(List<String> ids) {
    Map<String, Integer> indexes = new HashMap<>(ids.size() * 2);
    for (int i = 0; i < ids.size(); i++) {
      if (indexes.put(ids.get(i), i) != null) {
        throw new IllegalArgumentException("id is indexed twice: " + ids.get(i));
      }
    }
    return new IdIndex(List.copyOf(ids), indexes);
  }

  /** How many ids there are. */
  public int size() {
    return ids.size();
  }

  /** The id with number {@code index}. */
  public String id(int index) {
    return ids.get(index);
  }

  /** All ids in index order. */
  public List<String> ids() {
    return ids;
  }

  /** The number of {@code id}, or -1 if it is unknown. */
  public int indexOf(String id) {
    Integer index = indexes.get(id);
    return index == null ? -1 : index;
  }
}
