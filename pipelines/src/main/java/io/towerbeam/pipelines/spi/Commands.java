package io.towerbeam.pipelines.spi;

import java.util.Collection;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The commands of the class path by name. Immutable. */
public final class Commands {
  private final SortedMap<String, Command> byName = new TreeMap<>();

  private Commands() {}

  /**
   * All that {@link ServiceLoader} finds.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static Commands find() {
    Commands commands = new Commands();
    for (Command command : ServiceLoader.load(Command.class)) {
      Command other = commands.byName.put(command.name(), command);
      if (other != null) {
        throw new IllegalStateException(
            "two commands of the name %s on the class path: %s and %s"
                .formatted(
                    command.name(), other.getClass().getName(), command.getClass().getName()));
      }
    }
    return commands;
  }

  /** All, in the order of their names. */
  public Collection<Command> all() {
    return byName.values();
  }

  /** The command of this name; empty if there is none. */
  public Optional<Command> get(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
