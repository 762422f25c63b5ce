package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModuleVersionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b/c@v0.0.0",
        "a.b/c@v1.2.3-rc.1",
        "a.b/c@v1.0.0+incompatible",
        "a.b/c@v2.0.0+incompatible",
        "a.b/c@v2.0.0-pre+incompatible",
        "a.b/c/v2@v2.0.0",
        "a.b/c/v2@v2.0.0+incompatible",
        "a.b/c/v10@v10.0.1",
        "gopkg.in/yaml.v2@v2.4.0",
        "gopkg.in/yaml.v0@v0.1.0",
        "gopkg.in/yaml.v1@v1.0.0",
        "gopkg.in/yaml.v1@v0.0.0-20161208181325-20d25e280405",
        "gopkg.in/yaml.v1-unstable@v0.0.0-20161208181325-20d25e280405",
        "gopkg.in/yaml.v2-unstable@v2.4.0",
        "golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64",
        "a.b/c@v0.0.0-20161208181325-20d25e280405",
        "a.b/c@v1.99999999999999999999999999.0",
      })
  void parse_valid_isItself(String text) {
    ModuleVersion version = ModuleVersion.parse(text).orThrow();
    assertEquals(text, version.toString());
    assertEquals(text, version.path().text() + "@" + version.version());
    assertEquals(version, ModuleVersion.of(version.path(), version.version()).orThrow());
    assertEquals(version.version(), VersionText.unescape(version.escapedVersion()).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a.b/c",
        "a.b/c@",
        "@v1.0.0",
        "a.b/c@latest",
        "a.b/c@main",
        "a.b/c@v1",
        "a.b/c@v1.2",
        "a.b/c@1.2.3",
        "a.b/c@V1.2.3",
        "a.b/c@v1.2.3+meta",
        "a.b/c@v1.2.3+incompatible.1",
        "a.b/c@v1.2.3/../x",
        "a.b/c@-oX",
        "a.b/c@v1.2.3@v1.2.3",
        "a.b@c@v1.2.3",
        "a.b/c@v1.2.3 ",
        "a.b/c@v1.2.3\n",
        "a.b/c@v01.2.3",
        "a.b/c@v1.2.3-01",
        "a.b/c@v2.0.0",
        "a.b/c/v2@v1.0.0",
        "a.b/c/v2@v0.0.0-20161208181325-20d25e280405",
        "a.b/c/v2@v3.0.0+incompatible",
        "gopkg.in/yaml.v2@v3.0.0",
        "gopkg.in/yaml.v1@v0.0.0",
        "gopkg.in/yaml.v1@v0.0.1-20161208181325-20d25e280405",
        "gopkg.in/yaml.v2@v0.0.0-20161208181325-20d25e280405",
        "gopkg.in/x.v-unstable@v1.0.0",
        "a/c@v1.0.0",
      })
  void parse_breakingARule_isRefused(String text) {
    assertFalse(ModuleVersion.parse(text).isValid(), text);
  }

  @Test
  void escapedVersion_upperCase_isMarked() {
    ModuleVersion version = ModuleVersion.parse("a.b/c@v1.0.0-RC1").orThrow();
    assertEquals("v1.0.0-!r!c1", version.escapedVersion());
  }

  @Test
  void equals_isByPathAndVersion() {
    ModuleVersion one = ModuleVersion.parse("a.b/c@v1.0.0").orThrow();
    assertEquals(one.hashCode(), ModuleVersion.parse("a.b/c@v1.0.0").orThrow().hashCode());
    assertNotEquals(one, ModuleVersion.parse("a.b/c@v1.0.0+incompatible").orThrow());
    assertNotEquals(one, ModuleVersion.parse("a.b/d@v1.0.0").orThrow());
  }
}
