package io.towerbeam.ml.models;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A setting of a model, as it is declared, checked and shown in help.
 *
 * @param name camelCase, unique in its model
 * @param type what values are
 * @param defaultValue Long, Double, Boolean or String by type
 * @param min the least value of a number, included
 * @param max the greatest value of a number, included
 * @param choices what a choice may be; empty for other types
 * @param help one line: what it does, and its unit
 * @param search where {@code tune} looks for good values of a number; null if it leaves the default
 */
public record ModelParameter(
    String name,
    Type type,
    Object defaultValue,
    double min,
    double max,
    List<String> choices,
    String help,
    @Nullable SearchRange search) {

  /** What values are. */
  public enum Type {
    INTEGER,
    REAL,
    FLAG,
    CHOICE
  }

  /** A whole number. */
  public static ModelParameter integer(
      String name, long defaultValue, long min, long max, String help) {
    return new ModelParameter(name, Type.INTEGER, defaultValue, min, max, List.of(), help, null);
  }

  /** A real number. */
  public static ModelParameter real(
      String name, double defaultValue, double min, double max, String help) {
    return new ModelParameter(name, Type.REAL, defaultValue, min, max, List.of(), help, null);
  }

  /** True or false. */
  public static ModelParameter flag(String name, boolean defaultValue, String help) {
    return new ModelParameter(name, Type.FLAG, defaultValue, 0, 0, List.of(), help, null);
  }

  /** One of some words. */
  public static ModelParameter choice(
      String name, String defaultValue, List<String> choices, String help) {
    return new ModelParameter(
        name, Type.CHOICE, defaultValue, 0, 0, List.copyOf(choices), help, null);
  }

  /** The same number, which {@code tune} draws evenly from {@code from} to {@code to}. */
  public ModelParameter searched(double from, double to) {
    return withSearch(new SearchRange(from, to, false));
  }

  /** The same number, which {@code tune} draws evenly on a logarithmic scale; both positive. */
  public ModelParameter searchedByMagnitude(double from, double to) {
    return withSearch(new SearchRange(from, to, true));
  }

  private ModelParameter withSearch(SearchRange range) {
    boolean isNumber = type == Type.INTEGER || type == Type.REAL;
    if (!isNumber || range.from() < min || range.to() > max) {
      throw new IllegalArgumentException(
          "%s, %s, cannot be searched from %s to %s"
              .formatted(name, accepted(), range.from(), range.to()));
    }
    return new ModelParameter(name, type, defaultValue, min, max, choices, help, range);
  }

  /**
   * Where good values of a number may lie.
   *
   * @param from the least value, included
   * @param to the greatest value, included
   * @param byMagnitude whether equal ratios, not equal differences, are equally likely
   */
  public record SearchRange(double from, double to, boolean byMagnitude) {
    public SearchRange {
      if (!(from < to) || byMagnitude && from <= 0) {
        throw new IllegalArgumentException(
            "a search from %s to %s%s".formatted(from, to, byMagnitude ? " by magnitude" : ""));
      }
    }
  }

  /** What is accepted, in words. */
  public String accepted() {
    return switch (type) {
      case INTEGER -> "a whole number from %d to %d".formatted((long) min, (long) max);
      case REAL -> "a number from %s to %s".formatted(min, max);
      case FLAG -> "true or false";
      case CHOICE -> "one of " + String.join(", ", choices);
    };
  }

  /**
   * The value that {@code text} stands for.
   *
   * @throws IllegalArgumentException if it is none, saying what is accepted
   */
  public Object parse(String text) {
    try {
      Object value =
          switch (type) {
            case INTEGER -> Long.valueOf(text);
            case REAL -> Double.valueOf(text);
            case FLAG -> parseFlag(text);
            case CHOICE -> text;
          };
      boolean inRange =
          switch (type) {
            case INTEGER, REAL -> {
              double number = ((Number) value).doubleValue();
              yield number >= min && number <= max;
            }
            case FLAG -> true;
            case CHOICE -> choices.contains(text);
          };
      if (inRange) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words as a value out of range
    }
    throw new IllegalArgumentException("%s=%s: give %s".formatted(name, text, accepted()));
  }

  private static Boolean parseFlag(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new NumberFormatException(text);
    };
  }
}
