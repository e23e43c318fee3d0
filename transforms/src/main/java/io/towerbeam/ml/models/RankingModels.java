package io.towerbeam.ml.models;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The ranking models on the class path, by name. Immutable. */
public final class RankingModels {
  private final Map<String, RankingModelProvider> byName;

  private RankingModels(Map<String, RankingModelProvider> byName) {
    this.byName = byName;
  }

  /**
   * All providers that {@link ServiceLoader} finds.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static RankingModels onClassPath() {
    Map<String, RankingModelProvider> byName = new TreeMap<>();
    for (RankingModelProvider provider :
        ServiceLoader.load(
            RankingModelProvider.class, RankingModelProvider.class.getClassLoader())) {
      RankingModelProvider other = byName.put(provider.name(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "the model name %s is taken by both %s and %s"
                .formatted(
                    provider.name(), other.getClass().getName(), provider.getClass().getName()));
      }
    }
    return new RankingModels(byName);
  }

  /** All names, sorted. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** All models, by name. */
  public List<RankingModelProvider> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The model of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public RankingModelProvider get(String name) {
    RankingModelProvider provider = byName.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "unknown model %s: known are %s".formatted(name, String.join(", ", byName.keySet())));
    }
    return provider;
  }
}
