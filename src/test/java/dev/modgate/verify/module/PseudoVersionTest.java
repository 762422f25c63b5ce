package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.verify.Parsed;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PseudoVersionTest {

  private static final String TIME_AND_REVISION = "20161208181325-20d25e280405";

  @ParameterizedTest
  @CsvSource({
    "v0.0.0-T,''",
    "v5.0.0-T,''",
    "v1.2.4-0.T,v1.2.3",
    "v1.2.1-0.T,v1.2.0",
    "v1.2.10-0.T,v1.2.9",
    "v1.2.1000-0.T,v1.2.999",
    "v1.2.110-0.T,v1.2.109",
    "v1.2.30-0.T,v1.2.29",
    "v1.2.100000000000000000000-0.T,v1.2.99999999999999999999",
    "v2.0.1-0.T+incompatible,v2.0.0+incompatible",
    "v1.2.3-pre.0.T,v1.2.3-pre",
    "v1.2.3-pre.1.0.T,v1.2.3-pre.1",
    "v1.2.3-a-b.0.T,v1.2.3-a-b",
    "v1.2.3-0.0.T,v1.2.3-0",
    "v2.0.0-pre.0.T+incompatible,v2.0.0-pre+incompatible",
    "v1.2.3-pre.0.T+meta.1,v1.2.3-pre+meta.1",
  })
  void base_ofEachForm(String form, String base) {
    String version = form.replace("T", TIME_AND_REVISION);
    assertTrue(PseudoVersion.isPseudo(version));
    assertEquals(base, PseudoVersion.base(version).orThrow());
    assertEquals("20d25e280405", PseudoVersion.revision(version).orThrow());
    assertEquals(Instant.parse("2016-12-08T18:13:25Z"), PseudoVersion.time(version).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1.2.3",
        "v1.2.3-pre",
        "v1.2.3-T",
        "v1.0.1-T",
        "v1.1.0-T",
        "v1.0-T",
        "v1-T",
        "v01.0.0-T",
        "v1.2.3-1.T",
        "v1.2.3-pre.T",
        "v1.2.3-pre0.T",
        "v1.2.3-00.T",
        "v1.0.0-T.x",
        "v1.0.0-T-x",
        "v1.0.0-20161208181325-.x",
        "v1.0.0-T_",
        "v1.0.0-T\n",
        "1.0.0-T",
        "v1.0.0-2016120818132-20d25e280405",
        "v1.0.0-120161208181325-20d25e280405",
        "v1.0.0-2016120818132x-20d25e280405",
        "v1.0.0-20161208181325",
        "v1.0.0-20161208181325-",
        "v0.0.1-go1.26.8.linux-amd64",
      })
  void isPseudo_otherForms_isFalse(String form) {
    String version = form.replace("T", TIME_AND_REVISION);
    assertFalse(PseudoVersion.isPseudo(version));
    assertFalse(PseudoVersion.base(version).isValid());
    assertFalse(PseudoVersion.time(version).isValid());
    assertFalse(PseudoVersion.revision(version).isValid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v2.0.0-T+incompatible", "v1.2.0-0.T", "v1.2.0-0.T+incompatible", "v0.0.0-0.T"})
  void base_nonsense_isRefusedThoughPseudo(String form) {
    String version = form.replace("T", TIME_AND_REVISION);
    assertTrue(PseudoVersion.isPseudo(version));
    assertFalse(PseudoVersion.base(version).isValid());
    assertTrue(PseudoVersion.time(version).isValid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20161308181325", "20160008181325", "20161232181325", "20161200181325", "20170229000000",
        "19000229000000", "20161208241325", "20161208186025", "20161208181360", "99999999999999"
      })
  void time_noSuchTime_isRefusedThoughPseudo(String timestamp) {
    String version = "v1.0.0-" + timestamp + "-20d25e280405";
    assertTrue(PseudoVersion.isPseudo(version));
    assertFalse(PseudoVersion.time(version).isValid());
    assertTrue(PseudoVersion.revision(version).isValid());
  }

  @Test
  void base_noPseudoVersion_saysWhetherItIsAVersion() {
    assertEquals(Parsed.invalid("not a pseudo-version"), PseudoVersion.base("v1.2.3"));
    assertEquals(Parsed.invalid("not a semantic version"), PseudoVersion.base("main"));
  }

  @Test
  void time_leapDaysAndEnds_areTimes() {
    assertEquals("2000-02-29T00:00:00Z", time("20000229000000"));
    assertEquals("0000-02-29T23:59:59Z", time("00000229235959"));
    assertEquals("9999-12-31T23:59:59Z", time("99991231235959"));
  }

  @Test
  void isPseudo_longText_isAnswered() {
    String version =
        "v1.2.3-" + "0.".repeat(100_000) + TIME_AND_REVISION + "+a" + ".a".repeat(9_999);
    assertTrue(PseudoVersion.isPseudo(version));
    assertFalse(PseudoVersion.isPseudo(version + "_"));
  }

  private static String time(String timestamp) {
    return PseudoVersion.time("v0.0.0-" + timestamp + "-0").orThrow().toString();
  }
}
