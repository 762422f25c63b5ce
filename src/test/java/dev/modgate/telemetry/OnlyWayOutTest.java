package dev.modgate.telemetry;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** No code of modgate goes round the two locks. */
final class OnlyWayOutTest {

  private static final ArchRule ONLY_THE_START_ADDS_PROCESSORS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Telemetry.class.getName())
          .should()
          .callMethod(SdkTracerProviderBuilder.class, "addSpanProcessor", SpanProcessor.class)
          .orShould()
          .callMethod(SdkTracerProviderBuilder.class, "addSpanProcessorFirst", SpanProcessor.class);

  /** Prometheus reads the metrics at the admin listener; that sends nothing anywhere. */
  private static final ArchRule NOBODY_BUILDS_EXPORTERS =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.opentelemetry.exporter..")
                  .and(not(simpleNameStartingWith("PrometheusMetricReader"))));

  private final JavaClasses production =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void productionCode_asWritten_hasOneWayOut() {
    assertTrue(production.contain(Telemetry.class));
    only("dev.modgate.telemetry..").check(production);
    ONLY_THE_START_ADDS_PROCESSORS.check(production);
    NOBODY_BUILDS_EXPORTERS.check(production);
  }

  /** The tests themselves plant processors and exporters. */
  @Test
  void plantedCode_isNoticed() {
    JavaClasses tests = new ClassFileImporter().importClasses(RedactionLocksTest.class);
    assertTrue(ONLY_THE_START_ADDS_PROCESSORS.evaluate(tests).hasViolation());
    assertTrue(NOBODY_BUILDS_EXPORTERS.evaluate(tests).hasViolation());
    assertTrue(only("dev.modgate.another.room..").evaluate(tests).hasViolation());
  }

  /** Only that room knows OpenTelemetry. */
  private static ArchRule only(String room) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat(resideInAPackage("io.opentelemetry.."));
  }
}
