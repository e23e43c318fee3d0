package io.towerbeam.pipelines;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The direction in which the parts of the house lean on each other. */
class ArchitectureTest {
  @Test
  void dependenciesPointFromTemplatesDownToSchemas() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("templates")
        .definedBy("io.towerbeam.templates..")
        .layer("pipelines")
        .definedBy("io.towerbeam.pipelines..")
        .layer("transforms")
        .definedBy("io.towerbeam.transforms..")
        .layer("ml")
        .definedBy("io.towerbeam.ml..")
        .layer("schemas")
        .definedBy("io.towerbeam.schemas..")
        .whereLayer("templates")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("pipelines")
        .mayOnlyBeAccessedByLayers("templates")
        .whereLayer("transforms")
        .mayOnlyBeAccessedByLayers("pipelines", "templates")
        .whereLayer("ml")
        .mayOnlyBeAccessedByLayers("transforms", "pipelines", "templates")
        .whereLayer("schemas")
        .mayOnlyBeAccessedByLayers("ml", "transforms", "pipelines", "templates")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.towerbeam"));
  }

  @Test
  void everyPackageOfTheHouseSaysWhatLivesThere() throws IOException {
    List<Path> packages = packages(Path.of("").toAbsolutePath().getParent());

    assertThat(packages).isNotEmpty();
    assertThat(packages)
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  /** The folders with Java sources in them, of all modules under {@code root}. */
  private static List<Path> packages(Path root) throws IOException {
    // a module may lie within another one, as that for Flink does
    try (Stream<Path> modules = Files.walk(root, 2)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(ArchitectureTest::javaFiles)
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path sources) {
    try {
      return Files.walk(sources).filter(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
