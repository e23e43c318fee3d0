package io.towerbeam.ml.tuning;

import io.towerbeam.ml.models.ModelParameter;
import io.towerbeam.ml.models.ModelParameter.SearchRange;
import io.towerbeam.ml.models.ModelParameter.Type;
import io.towerbeam.ml.random.CounterRandom;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One searched parameter: the range or the values that are tried. Real numbers are rounded to six
 * significant digits, so that a value that is read by a person and typed again is the same value.
 *
 * @param parameter the parameter
 * @param range where a number lies; null if there are choices
 * @param choices the values to choose from, none twice: Long, Double, Boolean or String; empty if
 *     there is a range
 */
public record Dimension(
    ModelParameter parameter, @Nullable SearchRange range, List<Object> choices) {
  private static final MathContext SIX_DIGITS = new MathContext(6);
  private static final double TO_UNIT = 0x1.0p-53;
  private static final String BY_MAGNITUDE = ":log";

  /**
   * The range that the parameter itself declares.
   *
   * @throws IllegalArgumentException if it declares none
   */
  public static Dimension declared(ModelParameter parameter) {
    if (parameter.search() == null) {
      throw new IllegalArgumentException(parameter.name() + " declares no range to search");
    }
    return new Dimension(parameter, parameter.search(), List.of());
  }

  /**
   * What {@code text} says: {@code a..b} is drawn evenly, or by magnitude if the parameter is
   * declared so; {@code a..b:log} by magnitude; {@code x|y|z} is a choice.
   *
   * @throws IllegalArgumentException if it says neither, or something that the parameter is not, in
   *     words for a person
   */
  public static Dimension parse(ModelParameter parameter, String text) {
    int dots = text.indexOf("..");
    boolean isNumber = parameter.type() == Type.INTEGER || parameter.type() == Type.REAL;
    return isNumber && dots >= 0
        ? range(parameter, text.substring(0, dots), text.substring(dots + 2))
        : choice(parameter, text);
  }

  private static Dimension range(ModelParameter parameter, String from, String rest) {
    boolean saysSo = rest.endsWith(BY_MAGNITUDE);
    String to = saysSo ? rest.substring(0, rest.length() - BY_MAGNITUDE.length()) : rest;
    double least = ((Number) parameter.parse(from)).doubleValue();
    double greatest = ((Number) parameter.parse(to)).doubleValue();
    boolean byMagnitude = saysSo || parameter.search() != null && parameter.search().byMagnitude();
    if (!(least < greatest)) {
      throw new IllegalArgumentException(
          "%s=%s..%s: give the lower end first".formatted(parameter.name(), from, to));
    }
    if (byMagnitude && least <= 0) {
      throw new IllegalArgumentException(
          "%s=%s..%s: give a lower end above 0, since it is drawn by magnitude"
              .formatted(parameter.name(), from, to));
    }
    return new Dimension(parameter, new SearchRange(least, greatest, byMagnitude), List.of());
  }

  private static Dimension choice(ModelParameter parameter, String text) {
    List<Object> choices =
        Arrays.stream(text.split("\\|", -1)).map(parameter::parse).distinct().toList();
    return new Dimension(parameter, null, choices);
  }

  /** A value of the range or of the choices, all equally likely (or all magnitudes). */
  Object draw(CounterRandom random) {
    return range == null
        ? choices.get(random.nextInt(choices.size()))
        : at((random.nextLong() >>> 11) * TO_UNIT, isInteger() ? 1 : 0);
  }

  /**
   * The values of a grid: all choices, or {@code points} numbers at equal distances (or ratios)
   * with both ends among them; fewer of whole numbers that would be equal.
   */
  List<Object> grid(int points) {
    if (range == null) {
      return choices;
    }
    return IntStream.range(0, points)
        .mapToObj(point -> at(points == 1 ? .5 : point / (points - 1.), 0))
        .distinct()
        .toList();
  }

  /**
   * The value at a share of the range.
   *
   * @param beyond what is added to the upper end: 1 gives every whole number its equal share
   */
  private Object at(double share, int beyond) {
    double from = range.from();
    double to = range.to() + beyond;
    double value =
        range.byMagnitude()
            ? StrictMath.exp(
                StrictMath.log(from) + share * (StrictMath.log(to) - StrictMath.log(from)))
            : from + share * (to - from);
    if (isInteger()) {
      double whole = beyond == 0 ? Math.rint(value) : Math.floor(value);
      return (long) Math.min(range.to(), Math.max(Math.ceil(from), whole));
    }
    double rounded = new BigDecimal(value).round(SIX_DIGITS).doubleValue();
    return Math.min(range.to(), Math.max(from, rounded));
  }

  private boolean isInteger() {
    return parameter.type() == Type.INTEGER;
  }
}
