package io.towerbeam.pipelines.options;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that an option's text is a path, and what is done with what lies there. Stands on the
 * getter; {@code describe} and template metadata go by it, so that a form can offer a file chooser
 * and a service can look whether the job may read or write there.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PathTo {
  /** What lies there. */
  Place value();

  /** What a path may lead to. */
  enum Place {
    /** A file, or the files of a pattern, that are read. */
    READ_FILE,
    /** A folder that is read. */
    READ_FOLDER,
    /** A folder that is written to. */
    WRITE_FOLDER
  }
}
