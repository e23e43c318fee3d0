package io.towerbeam.templates.dataflow;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;

/** What the steps of a pipeline whose classes are ours show of themselves. */
final class OurSteps {
  private OurSteps() {}

  /** The keys of their display data by full name; steps without any setting are left out. */
  static Map<String, Set<String>> displayedKeys(Pipeline pipeline) {
    Map<String, Set<String>> keys = new TreeMap<>();
    pipeline.traverseTopologically(
        new PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            PTransform<?, ?> transform = node.getTransform();
            if (transform != null && transform.getClass().getName().startsWith("io.towerbeam.")) {
              Set<String> shown = new TreeSet<>();
              DisplayData.from(transform).asMap().keySet().forEach(id -> shown.add(id.getKey()));
              if (!shown.isEmpty() || hasSettings(transform.getClass())) {
                keys.put(node.getFullName(), shown);
              }
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return keys;
  }

  /** Whether a step was made of anything but collections and other steps. */
  private static boolean hasSettings(Class<?> step) {
    return Arrays.stream(step.getSuperclass().getDeclaredMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> !PTransform.class.isAssignableFrom(method.getReturnType()))
        .anyMatch(method -> !method.getGenericReturnType().getTypeName().contains("PCollection"));
  }
}
