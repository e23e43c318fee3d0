package io.towerbeam.templates.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.beam.sdk.util.construction.resources.ClasspathScanningResourcesDetector;
import org.junit.jupiter.api.Test;

/** The class path of everything, which is also what is staged. */
class ClassPathTest {
  private static final Pattern BEAM =
      Pattern.compile("beam-(?!vendor).*-(\\d+\\.\\d+\\.\\d+)\\.jar");

  private static List<String> jars() {
    return new ClasspathScanningResourcesDetector(new io.github.classgraph.ClassGraph()) {}.detect(
            ClassPathTest.class.getClassLoader())
        .stream()
        .map(file -> new File(file).getName())
        .toList();
  }

  @Test
  void itHoldsOneVersionOfBeam() {
    Set<String> versions = new TreeSet<>();
    for (String jar : jars()) {
      Matcher beam = BEAM.matcher(jar);
      if (beam.matches()) {
        versions.add(beam.group(1));
      }
    }
    assertThat(versions).containsExactly(ReleaseInfo.getReleaseInfo().getSdkVersion());
  }

  @Test
  void itHoldsNoKotlin() {
    assertThat(jars()).noneMatch(jar -> jar.contains("kotlin"));
    assertThat(getClass().getClassLoader().getResource("kotlin/Unit.class")).isNull();
  }
}
