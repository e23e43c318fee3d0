package io.towerbeam.pipelines.spi;

import io.towerbeam.pipelines.options.Nearest;
import io.towerbeam.pipelines.options.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The workflows of the class path by name. Immutable. */
public final class Workflows {
  private final SortedMap<String, Workflow<?>> byName = new TreeMap<>();

  private Workflows(Iterable<? extends Workflow<?>> workflows) {
    for (Workflow<?> workflow : workflows) {
      Workflow<?> other = byName.put(workflow.name(), workflow);
      if (other != null) {
        throw new IllegalStateException(
            "two workflows of the name %s on the class path: %s and %s"
                .formatted(
                    workflow.name(), other.getClass().getName(), workflow.getClass().getName()));
      }
    }
  }

  /**
   * All that {@link ServiceLoader} finds.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static Workflows find() {
    List<Workflow<?>> found = new ArrayList<>();
    for (Workflow<?> workflow : ServiceLoader.load(Workflow.class)) {
      found.add(workflow);
    }
    return of(found);
  }

  /**
   * These alone.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static Workflows of(List<? extends Workflow<?>> workflows) {
    return new Workflows(workflows);
  }

  /** All, in the order of their names. */
  public Collection<Workflow<?>> all() {
    return byName.values();
  }

  /** Their names, sorted. */
  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /**
   * The workflow of this name.
   *
   * @throws UsageException if there is none, naming those there are and the nearest
   */
  public Workflow<?> get(String name) {
    Workflow<?> workflow = byName.get(name);
    if (workflow == null) {
      throw new UsageException(
          "%s: no such workflow; known are %s%s"
              .formatted(name, String.join(", ", names()), Nearest.hint(name, names(), "")));
    }
    return workflow;
  }
}
