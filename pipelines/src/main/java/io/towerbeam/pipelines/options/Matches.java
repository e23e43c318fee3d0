package io.towerbeam.pipelines.options;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The form that an option's text has; of a list, every element's. Stands on the getter, and is what
 * help, {@code describe} and the check before a run all go by.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Matches {
  /** The regular expression that the whole text matches. */
  String regex();

  /** What is accepted, in words that go on from "give". */
  String accepted();
}
