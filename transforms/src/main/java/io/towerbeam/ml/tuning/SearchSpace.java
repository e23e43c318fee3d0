package io.towerbeam.ml.tuning;

import io.towerbeam.ml.random.CounterRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a search tries: a model's parameters, of which some are searched. A trial is a map of all
 * parameters by name; trial 0 is the base itself, so that one sees what the search gains, and no
 * trial is made twice. Trial n is a function of the seed, n and the space alone: a longer search
 * begins with the trials of a shorter one. Immutable.
 *
 * @param base every parameter's value where it is not searched
 * @param dimensions the searched parameters, at least one
 */
public record SearchSpace(Map<String, Object> base, List<Dimension> dimensions) {
  /** Sets these numbers apart from those that a model draws of the same seed. */
  private static final long FOR_TRIALS = 0x747269616cL;

  /** So many draws in a row that were all tried before: the space has nothing more to give. */
  private static final int MOST_DRAWS = 1000;

  public SearchSpace {
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("nothing is searched");
    }
    base = Collections.unmodifiableMap(new LinkedHashMap<>(base));
    dimensions = List.copyOf(dimensions);
  }

  /** The searched parameters' names. */
  public List<String> searched() {
    return dimensions.stream().map(dimension -> dimension.parameter().name()).toList();
  }

  /**
   * The base and values drawn for the searched parameters.
   *
   * @param trials how many, the base included, at least 1; fewer are given if the space has no more
   */
  public List<Map<String, Object>> random(long seed, int trials) {
    Set<Map<String, Object>> drawn = new LinkedHashSet<>(List.of(base));
    while (drawn.size() < trials && addOne(drawn, seed)) {
      // one more each time
    }
    return List.copyOf(drawn);
  }

  private boolean addOne(Set<Map<String, Object>> drawn, long seed) {
    long trial = drawn.size();
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      CounterRandom random = CounterRandom.of(seed, FOR_TRIALS, trial, draw);
      Map<String, Object> values = new LinkedHashMap<>(base);
      dimensions.forEach(
          dimension -> values.put(dimension.parameter().name(), dimension.draw(random)));
      if (drawn.add(Collections.unmodifiableMap(values))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The base and the points of a grid, the last searched parameter changing fastest.
   *
   * @param points values of each range, at least 1
   * @param trials how many at most, the base included, at least 1
   */
  public List<Map<String, Object>> grid(int points, int trials) {
    List<List<Object>> axes = dimensions.stream().map(axis -> axis.grid(points)).toList();
    Set<Map<String, Object>> made = new LinkedHashSet<>(List.of(base));
    long size = gridSize(points);
    for (long point = 0; point < size && made.size() < trials; point++) {
      made.add(at(axes, point));
    }
    return List.copyOf(made);
  }

  private Map<String, Object> at(List<List<Object>> axes, long point) {
    Map<String, Object> values = new LinkedHashMap<>(base);
    long rest = point;
    for (int i = axes.size() - 1; i >= 0; i--) {
      int size = axes.get(i).size();
      values.put(dimensions.get(i).parameter().name(), axes.get(i).get((int) (rest % size)));
      rest /= size;
    }
    return Collections.unmodifiableMap(values);
  }

  /** How many points the grid has; Long.MAX_VALUE stands for that and all above. */
  public long gridSize(int points) {
    long size = 1;
    for (Dimension dimension : dimensions) {
      int values = dimension.grid(points).size();
      size = size > Long.MAX_VALUE / values ? Long.MAX_VALUE : size * values;
    }
    return size;
  }
}
