package io.towerbeam.pipelines.options;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/**
 * One option as it is declared: what it is called, what it takes, what it does. The single source
 * of help, {@code describe} and the checks. Immutable.
 */
public final class OptionSpec {
  private final String name;
  private final String group;
  private final Method getter;
  private final ValueType type;

  private OptionSpec(String name, String group, Method getter) {
    this.name = name;
    this.group = group;
    this.getter = getter;
    this.type = ValueType.of(getter);
  }

  static OptionSpec of(String name, Method getter) {
    return new OptionSpec(name, groupOf(getter.getDeclaringClass()), getter);
  }

  /** The name without hyphens. */
  public String name() {
    return name;
  }

  /** What it takes. */
  public ValueType type() {
    return type;
  }

  /** The name of the interface that declares it, in words: {@code Input} of InputOptions. */
  public String group() {
    return group;
  }

  /** What it does; empty if its author does not say. */
  public String description() {
    Description description = getter.getAnnotation(Description.class);
    return description == null ? "" : description.value();
  }

  /** What lies at the path that it takes; empty if it takes no path. */
  public Optional<PathTo.Place> place() {
    return Optional.ofNullable(getter.getAnnotation(PathTo.class)).map(PathTo::value);
  }

  /** True if there is no run without it. */
  public boolean isRequired() {
    return getter.isAnnotationPresent(Validation.Required.class);
  }

  /** True if it is set by the launcher alone. */
  public boolean isHidden() {
    return isPinned()
        || getter.isAnnotationPresent(Hidden.class)
        || getter.getDeclaringClass().isAnnotationPresent(Hidden.class);
  }

  /** True if it is found by {@code validate}, and part of what a run is. */
  boolean isPinned() {
    return getter.isAnnotationPresent(Pinned.class);
  }

  /** True if Beam declares it rather than a workflow. */
  public boolean isBeams() {
    return getter.getDeclaringClass().getName().startsWith("org.apache.beam.");
  }

  /** The value if none is given, as one would type it; empty if there is none. */
  public String defaultText() {
    return Defaults.of(getter).map(OptionSpec::text).orElse("");
  }

  /** The value that {@code options} hold, as one would type it; null if they hold none. */
  public String valueIn(PipelineOptions options) {
    try {
      Object value = getter.invoke(options);
      return value == null ? null : text(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read option " + name, e);
    }
  }

  /** Sets the value that {@code from} holds in {@code to}. */
  public void copy(PipelineOptions from, PipelineOptions to) {
    try {
      set(to, getter.getReturnType(), getter.invoke(from.as(declaring())));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read option " + name, e);
    }
  }

  /**
   * Puts another text into {@code options}, for an option that takes a text.
   *
   * @throws IllegalStateException if it takes none
   */
  public void setIn(PipelineOptions options, String value) {
    set(options, String.class, value);
  }

  private void set(PipelineOptions options, Class<?> type, Object value) {
    String setter = getter.getName().replaceFirst("^(get|is)", "set");
    try {
      declaring().getMethod(setter, type).invoke(options.as(declaring()), value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot set option " + name, e);
    }
  }

  private Class<? extends PipelineOptions> declaring() {
    return getter.getDeclaringClass().asSubclass(PipelineOptions.class);
  }

  /**
   * The text in the form that Beam's own parser takes.
   *
   * @throws UsageException if it is not accepted
   */
  String parse(String text) {
    if (!type.isList()) {
      return parseOne(text, text);
    }
    return Arrays.stream(text.split(",", -1))
        .map(element -> parseOne(element.strip(), text))
        .collect(Collectors.joining(","));
  }

  private String parseOne(String element, String text) {
    return type.parse(element)
        .orElseThrow(
            () ->
                new UsageException(
                    name, text, type.accepted(), Nearest.to(element, type.choices()).orElse(null)));
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> elements) {
      return elements.stream().map(OptionSpec::text).collect(Collectors.joining(","));
    }
    if (value instanceof Enum<?> constant) {
      return ValueType.word(constant);
    }
    return value instanceof Double number ? ValueType.plain(number) : String.valueOf(value);
  }

  private static String groupOf(Class<?> declaring) {
    String words = declaring.getSimpleName().replaceAll("Options$", "");
    return List.of(words.split("(?<=[a-z])(?=[A-Z])")).stream().collect(Collectors.joining(" "));
  }
}
