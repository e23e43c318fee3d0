package io.towerbeam.pipelines.options;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Reads an option's default from its annotation, without making the options. */
final class Defaults {
  private static final String DEFAULTS = Default.class.getName() + "$";

  private Defaults() {}

  /** The default of a getter, of the getter's type but for enums, whose name it may be. */
  static Optional<Object> of(Method getter) {
    for (Annotation annotation : getter.getAnnotations()) {
      if (annotation.annotationType().getName().startsWith(DEFAULTS)) {
        return Optional.of(valueOf(annotation, getter));
      }
    }
    return Optional.empty();
  }

  private static Object valueOf(Annotation annotation, Method getter) {
    try {
      if (annotation instanceof Default.InstanceFactory factory) {
        return make(factory.value());
      }
      Object value = annotation.annotationType().getMethod("value").invoke(annotation);
      return annotation instanceof Default.Enum
          ? ValueType.constant(getter.getReturnType(), (String) value)
          : value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read the default of " + getter, e);
    }
  }

  private static Object make(Class<? extends DefaultValueFactory<?>> factory)
      throws ReflectiveOperationException {
    return factory.getDeclaredConstructor().newInstance().create(PipelineOptionsFactory.create());
  }
}
