package io.towerbeam.pipelines.options;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.display.DisplayData;

/** The options that one interface has, with those of the interfaces it extends. */
public final class OptionSpecs {
  private final Map<String, OptionSpec> byName = new LinkedHashMap<>();

  private OptionSpecs() {}

  /**
   * The options of {@code type}: its own first, then group by group in the order in which it
   * extends them, by name within a group. Beam's common options are not among them.
   */
  public static OptionSpecs of(Class<? extends PipelineOptions> type) {
    OptionSpecs specs = new OptionSpecs();
    specs.addGroup(type);
    return specs;
  }

  /** The options of all interfaces that Beam and its runners register. */
  static OptionSpecs ofBeam() {
    OptionSpecs specs = new OptionSpecs();
    specs.addGetters(PipelineOptions.class);
    PipelineOptionsFactory.getRegisteredOptions().forEach(specs::addGroup);
    return specs;
  }

  /** Those that a user may set. */
  public List<OptionSpec> visible() {
    return byName.values().stream().filter(spec -> !spec.isHidden()).toList();
  }

  /** Those of them that were set in {@code options}, be it to their default. */
  public List<OptionSpec> givenIn(PipelineOptions options) {
    // Beam tells it nowhere else; what has its default is not displayed
    Set<String> given =
        DisplayData.from(options).items().stream()
            .map(DisplayData.Item::getKey)
            .collect(Collectors.toSet());
    return visible().stream().filter(spec -> given.contains(spec.name())).toList();
  }

  /**
   * What {@code options} hold for the workflow's own options, defaults included, by name: hidden
   * ones that are not pinned, unset ones and Beam's are left out.
   */
  public SortedMap<String, String> valuesIn(PipelineOptions options) {
    SortedMap<String, String> values = new TreeMap<>();
    for (OptionSpec spec : byName.values()) {
      boolean isLeftOut = spec.isBeams() || spec.isHidden() && !spec.isPinned();
      String value = isLeftOut ? null : spec.valueIn(options);
      if (value != null) {
        values.put(spec.name(), value);
      }
    }
    return values;
  }

  /** By name, hidden ones included. */
  Map<String, OptionSpec> byName() {
    return byName;
  }

  private void addGroup(Class<?> type) {
    if (type == PipelineOptions.class || !PipelineOptions.class.isAssignableFrom(type)) {
      return;
    }
    addGetters(type);
    Arrays.stream(type.getInterfaces()).forEach(this::addGroup);
  }

  private void addGetters(Class<?> type) {
    Collection<Method> getters =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
            .filter(method -> method.getName().matches("(get|is)[A-Z].*"))
            .sorted(Comparator.comparing(OptionSpecs::propertyOf))
            .toList();
    for (Method getter : getters) {
      String name = propertyOf(getter);
      byName.putIfAbsent(name, OptionSpec.of(name, getter));
    }
  }

  private static String propertyOf(Method getter) {
    return Introspector.decapitalize(getter.getName().replaceFirst("^(get|is)", ""));
  }
}
