package io.towerbeam;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.auto.value.AutoValue;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.junit.jupiter.api.Test;

/** What may depend on what below the workflows, and how transforms are written. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.towerbeam");

  @Test
  void arithmeticKnowsNoBeam() {
    noClasses()
        .that()
        .resideInAPackage("io.towerbeam.ml..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.beam..")
        .check(CLASSES);
  }

  @Test
  void arithmeticKnowsNoTransforms() {
    noClasses()
        .that()
        .resideInAPackage("io.towerbeam.ml..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.towerbeam.transforms..")
        .check(CLASSES);
  }

  @Test
  void schemasKnowNothingAboveThem() {
    noClasses()
        .that()
        .resideInAPackage("io.towerbeam.schemas..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.towerbeam.ml..", "io.towerbeam.transforms..", "org.apache.beam..")
        .check(CLASSES);
  }

  @Test
  void djlStaysWithTheModels() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.towerbeam.ml.models..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  @Test
  void publicTransformsAreAutoValueClassesOrFinalIfThereIsNothingToSet() {
    classes()
        .that()
        .areAssignableTo(PTransform.class)
        .and()
        .arePublic()
        .should()
        .beAnnotatedWith(AutoValue.class)
        .orShould()
        .haveModifier(FINAL)
        .check(CLASSES);
  }

  @Test
  void nestedDoFnsArePrivateStaticFinalAndEndInFn() {
    classes()
        .that()
        .areAssignableTo(DoFn.class)
        .and()
        .areMemberClasses()
        .should()
        .bePrivate()
        .andShould()
        .haveModifier(STATIC)
        .andShould()
        .haveModifier(FINAL)
        .andShould()
        .haveSimpleNameEndingWith("Fn")
        .check(CLASSES);
  }

  @Test
  void doFnsThatTransformsShareAreFinalAndStayInTheirPackage() {
    classes()
        .that()
        .areAssignableTo(DoFn.class)
        .and()
        .areTopLevelClasses()
        .should()
        .bePackagePrivate()
        .andShould()
        .haveModifier(FINAL)
        .andShould()
        .haveSimpleNameEndingWith("Fn")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void noDoFnIsAnonymous() {
    assertThat(CLASSES.that(assignableTo(DoFn.class)))
        .isNotEmpty()
        .noneMatch(type -> type.isAnonymousClass() || type.isLocalClass());
  }

  @Test
  void nothingIsDrawnWithoutASeed() {
    noClasses().should().callConstructor(Random.class).check(CLASSES);
    noClasses().should().callMethod(Math.class, "random").check(CLASSES);
  }
}
