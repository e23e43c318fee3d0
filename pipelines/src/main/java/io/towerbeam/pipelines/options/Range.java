package io.towerbeam.pipelines.options;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers that an option takes, both ends included; of a list, every element. Stands on the
 * getter, and is what help, {@code describe} and the check before a run all go by.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Range {
  /** The least value. */
  double min();

  /** The greatest value. */
  double max();
}
