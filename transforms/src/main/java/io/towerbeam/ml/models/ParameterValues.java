package io.towerbeam.ml.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings that a model is fitted with: those given, and the defaults of the others. */
public final class ParameterValues {
  private final Map<String, Object> values;

  private ParameterValues(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * The values that {@code given} and the defaults of {@code declared} make together.
   *
   * @throws IllegalArgumentException if a name is unknown or a value is not accepted
   */
  public static ParameterValues of(List<ModelParameter> declared, Map<String, String> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ModelParameter parameter : declared) {
      String text = given.get(parameter.name());
      values.put(parameter.name(), text == null ? parameter.defaultValue() : parameter.parse(text));
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "unknown parameter %s: known are %s".formatted(name, values.keySet()));
      }
    }
    return new ParameterValues(values);
  }

  /** The values of an already fitted model. */
  public static ParameterValues of(Map<String, Object> values) {
    return new ParameterValues(new TreeMap<>(values));
  }

  /** A whole number. */
  public int getInt(String name) {
    return Math.toIntExact((Long) value(name));
  }

  /** A real number. */
  public double getDouble(String name) {
    return ((Number) value(name)).doubleValue();
  }

  /** True or false. */
  public boolean getBoolean(String name) {
    return (Boolean) value(name);
  }

  /** A word. */
  public String getString(String name) {
    return (String) value(name);
  }

  /** All values by name: Long, Double, Boolean or String. */
  public Map<String, Object> asMap() {
    return new TreeMap<>(values);
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter of the name " + name);
    }
    return value;
  }
}
