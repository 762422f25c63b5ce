package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SemverTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "1.2.3",
        "V1.2.3",
        "v1.",
        "v1.2.",
        "v1.2.3.4",
        "v1.2.3.",
        "v01.2.3",
        "v1.02.3",
        "v1.2.03",
        "v1-pre",
        "v1+meta",
        "v1.2-pre",
        "v1.2+meta",
        "v1.2.3-",
        "v1.2.3+",
        "v1.2.3-a..b",
        "v1.2.3-.a",
        "v1.2.3-a.",
        "v1.2.3-01",
        "v1.2.3-a.00",
        "v1.2.3+a..b",
        "v1.2.3-a_b",
        "v1.2.3+a+b",
        "v1.2.3 ",
        " v1.2.3",
        "v1.2.3\n",
        "v\uFF11.2.3",
        "v-1.2.3",
        "v+1.2.3",
        "vx.2.3",
        "v1.2.3-\u00E9"
      })
  void isValid_breakingARule_isFalse(String version) {
    assertFalse(Semver.isValid(version));
    assertEquals("", Semver.canonical(version));
    assertEquals("", Semver.canonicalVersion(version));
    assertEquals("", Semver.major(version));
    assertEquals("", Semver.majorMinor(version));
    assertEquals("", Semver.prerelease(version));
    assertEquals("", Semver.build(version));
  }

  @ParameterizedTest
  @CsvSource({
    "v1,v1.0.0,v1,v1.0,'',''",
    "v1.2,v1.2.0,v1,v1.2,'',''",
    "v1.2.3,v1.2.3,v1,v1.2,'',''",
    "v0.0.0,v0.0.0,v0,v0.0,'',''",
    "v1.2.3-pre.1+meta.01,v1.2.3-pre.1,v1,v1.2,-pre.1,+meta.01",
    "v1.2.3+meta-x,v1.2.3,v1,v1.2,'',+meta-x",
    "v1.2.3--.-0-,v1.2.3--.-0-,v1,v1.2,--.-0-,''",
    "v1.2.3-01a,v1.2.3-01a,v1,v1.2,-01a,''",
    "v12345678901234567890.0.1,v12345678901234567890.0.1,v12345678901234567890,v12345678901234567890.0,'',''",
  })
  void parts_ofAValidVersion(
      String version, String canonical, String major, String majorMinor, String pre, String build) {
    assertTrue(Semver.isValid(version));
    assertEquals(canonical, Semver.canonical(version));
    assertEquals(major, Semver.major(version));
    assertEquals(majorMinor, Semver.majorMinor(version));
    assertEquals(pre, Semver.prerelease(version));
    assertEquals(build, Semver.build(version));
  }

  @ParameterizedTest
  @CsvSource({
    "v1,v1.0.0",
    "v1.2.3+meta,v1.2.3",
    "v1.2.3+incompatible,v1.2.3+incompatible",
    "v1.2.3-pre+incompatible,v1.2.3-pre+incompatible",
    "v1.2.3+incompatible.1,v1.2.3",
    "v1.2.3+Incompatible,v1.2.3",
  })
  void canonicalVersion_keepsIncompatibleOnly(String version, String canonical) {
    assertEquals(canonical, Semver.canonicalVersion(version));
  }

  @Test
  void compare_isBySemverPrecedence() {
    List<String> ascending =
        List.of(
            "bad",
            "v0.0.0-0",
            "v0.0.0",
            "v1.0.0-1",
            "v1.0.0-2",
            "v1.0.0-10",
            "v1.0.0-99999999999999999999",
            "v1.0.0--",
            "v1.0.0-A",
            "v1.0.0-a",
            "v1.0.0-a.1",
            "v1.0.0-a.1.0",
            "v1.0.0-a.b",
            "v1.0.0-a-",
            "v1.0.0-rc10",
            "v1.0.0-rc2",
            "v1.0.0",
            "v1.0.10",
            "v1.2.0",
            "v1.10.0",
            "v9.0.0",
            "v10.0.0",
            "v99999999999999999999.0.0");
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertEquals(
            Integer.compare(i, j),
            Semver.compare(ascending.get(i), ascending.get(j)),
            ascending.get(i) + " " + ascending.get(j));
      }
    }
  }

  @Test
  void compare_buildShortFormsAndInvalid_areEqual() {
    assertEquals(0, Semver.compare("v1.2.3+a", "v1.2.3+b"));
    assertEquals(0, Semver.compare("v1", "v1.0.0"));
    assertEquals(0, Semver.compare("bad", "worse"));
  }

  @Test
  void isValid_longText_isAnswered() {
    assertTrue(Semver.isValid("v1.2.3-a" + ".a".repeat(100_000) + "+b" + ".b".repeat(100_000)));
    assertFalse(Semver.isValid("v1.2.3-a" + ".a".repeat(100_000) + "_"));
    assertTrue(Semver.isValid("v" + "1".repeat(100_000)));
  }
}
