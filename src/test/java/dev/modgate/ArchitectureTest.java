package dev.modgate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rooms, what each may import, and the library that it alone may import. */
final class ArchitectureTest {

  private static final String BASE = "dev.modgate.";

  /** Room to the rooms that it may import. Every room is here; a new one must be added. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry(
              "cli", Set.of("gateway", "config", "document", "probe", "secret", "verify", "edge")),
          Map.entry(
              "gateway",
              Set.of(
                  "telemetry",
                  "traffic",
                  "builds",
                  "edge",
                  "config",
                  "pipeline",
                  "probe",
                  "chain",
                  "direct",
                  "admission",
                  "audit",
                  "store",
                  "protocol",
                  "verify",
                  "secret",
                  "document")),
          Map.entry(
              "telemetry",
              Set.of("edge", "pipeline", "chain", "protocol", "document", "verify", "store")),
          Map.entry("builds", Set.of("edge", "protocol", "document")),
          Map.entry("traffic", Set.of("edge", "document", "secret", "verify")),
          Map.entry("edge", Set.of("pipeline", "protocol", "admission", "store", "verify")),
          Map.entry("config", Set.of("document", "secret", "verify")),
          Map.entry(
              "pipeline",
              Set.of("chain", "admission", "audit", "store", "protocol", "verify", "document")),
          Map.entry("probe", Set.of("chain", "pipeline", "verify")),
          Map.entry("chain", Set.of("admission", "protocol", "verify", "secret", "document")),
          Map.entry("direct", Set.of("chain", "protocol", "document", "verify")),
          Map.entry("admission", Set.of("protocol", "verify")),
          Map.entry("audit", Set.of("document")),
          Map.entry("store", Set.of("verify")),
          Map.entry("protocol", Set.of("verify")),
          Map.entry("document", Set.of("verify")),
          Map.entry("secret", Set.of("verify")),
          Map.entry("verify", Set.of()));

  /** Third-party package, or the JDK's own HTTP client, to the one room that may import it. */
  private static final Map<String, String> LIBRARY_ROOM =
      Map.ofEntries(
          Map.entry("io.undertow..", "edge"),
          Map.entry("org.xnio..", "edge"),
          Map.entry("io.opentelemetry..", "telemetry"),
          Map.entry("io.prometheus..", "telemetry"),
          Map.entry("io.github.resilience4j..", "chain"),
          Map.entry("okhttp3..", "chain"),
          Map.entry("okio..", "chain"),
          Map.entry("com.github.benmanes.caffeine..", "store"),
          Map.entry("tools.jackson..", "document"),
          Map.entry("org.snakeyaml..", "document"),
          Map.entry("java.net.http..", "traffic"),
          Map.entry("picocli..", "cli"),
          Map.entry("me.tongfei..", "cli"));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.modgate");

  @Test
  void everyRoom_importsOnly_whatItMay() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : MAIN) {
      Set<String> allowed = MAY_IMPORT.getOrDefault(room(type), Set.of());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith("dev.modgate"))
          .filter(target -> !room(target).equals(room(type)) && !allowed.contains(room(target)))
          .forEach(target -> wrong.add(type.getName() + " -> " + target.getName()));
    }
    assertEquals(List.of(), wrong.stream().distinct().sorted().toList());
  }

  @Test
  void everyRoom_isInTheTable() {
    Set<String> rooms =
        MAIN.stream().map(ArchitectureTest::room).collect(Collectors.toUnmodifiableSet());
    assertEquals(MAY_IMPORT.keySet(), rooms);
  }

  /** So that each can be read on its own; {@code verify} shares its types at its top. */
  @Test
  void roomsWithinTheChain_areFreeOfCycles() {
    slices().matching("dev.modgate.(chain..)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void everyLibrary_hasOneRoom() {
    LIBRARY_ROOM.forEach((library, room) -> onlyIn(library, room).check(MAIN));
  }

  @Test
  void verify_dependsOn_javaBaseAlone() {
    classes()
        .that()
        .resideInAPackage("dev.modgate.verify..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.modgate.verify..",
                "java.lang..",
                "java.util..",
                "java.io..",
                "java.nio..",
                "java.math..",
                "java.net..",
                "java.time..",
                "java.text..",
                "java.security..",
                "javax.crypto.."))
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("dev.modgate.verify..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "java.net.http..")
        .check(MAIN);
  }

  @Test
  void rooms_areFreeOfCycles() {
    slices().matching("dev.modgate.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void tickets_haveNoPublicConstructor() {
    for (String ticket :
        List.of(
            "admission.Permit",
            "verify.VerifiedArtifact",
            "verify.Expectation",
            "store.StoredArtifact")) {
      JavaClass type = MAIN.get(BASE + ticket);
      assertTrue(type.getModifiers().contains(JavaModifier.FINAL), ticket);
      type.getConstructors()
          .forEach(constructor ->
              assertTrue(
                  constructor.getModifiers().stream()
                      .noneMatch(m -> m == JavaModifier.PUBLIC || m == JavaModifier.PROTECTED),
                  ticket));
    }
  }

  @Test
  void secrets_areRevealed_whereTheyAreSentAndWhereTheyAreLookedFor() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(BASE + "chain.credential.SecretWriter")
        .and()
        .doNotHaveFullyQualifiedName(BASE + "traffic.HttpEndpoint")
        .and()
        .doNotHaveFullyQualifiedName(BASE + "gateway.LiveSecrets")
        .and()
        .doNotHaveFullyQualifiedName(BASE + "secret.Secret")
        .should()
        .callMethod(BASE + "secret.Secret", "reveal")
        .check(MAIN);
  }

  @Test
  void aPlantedImport_isNoticed() {
    JavaClasses tests = new ClassFileImporter().importClasses(ArchitectureTest.class);
    ArchRule rule =
        noClasses().should().dependOnClassesThat(resideInAnyPackage("com.tngtech.archunit.."));
    assertThrows(AssertionError.class, () -> rule.check(tests));
  }

  private static ArchRule onlyIn(String library, String room) {
    return noClasses()
        .that(resideOutsideOfPackages(BASE + room + ".."))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  /** The first package below the base. */
  private static String room(JavaClass type) {
    String rest =
        type.getPackageName().substring(Math.min(BASE.length(), type.getPackageName().length()));
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
