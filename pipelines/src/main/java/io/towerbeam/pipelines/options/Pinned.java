package io.towerbeam.pipelines.options;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that an option is found by {@code validate} rather than given by a user, for whom it does
 * not exist. Unlike other hidden ones it is part of what makes two starts the same run, and stands
 * in claim and manifest. Stands on the getter.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Pinned {}
