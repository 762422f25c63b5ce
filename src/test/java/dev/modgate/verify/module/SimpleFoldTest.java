package dev.modgate.verify.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimpleFoldTest {

  @ParameterizedTest
  @CsvSource({
    "go.mod,GO.MOD",
    "az,AZ",
    "k,\u212A",
    "K,\u212A",
    "s,\u017F",
    "\u00E5,\u212B",
    "\u03C3,\u03C2",
    "\u03A3,\u03C2",
    "\u00B5,\u03BC",
    "\u00DF,\u1E9E",
    "\u01C4,\u01C5",
    "\u01C5,\u01C6",
    "\u03B8,\u03F4",
    "\u0398,\u03D1",
    "\u0450,\u0400",
    "\uD801\uDC00,\uD801\uDC28",
    "\u13A0,\uAB70",
    "\u10D0,\u1C90",
  })
  void equal_ofOneOrbit_isTrue(String a, String b) {
    assertTrue(SimpleFold.equal(a, b));
    assertTrue(SimpleFold.equal("x" + b, "X" + a));
    assertEquals(SimpleFold.key(a), SimpleFold.key(b));
  }

  @ParameterizedTest
  @CsvSource({
    "i,\u0131",
    "i,\u0130",
    "I,\u0131",
    "I,\u0130",
    "\u00DF,ss",
    "\uFB00,ff",
    "\u0149,\u02BCn",
    "\u00E9,e\u0301",
    "a,b",
    "a,aa",
    "'',a",
    "[,{",
    "@,`",
    "\u01C6,d\u017E",
    "\u0345,\u0300",
  })
  void equal_ofDifferentOrbits_isFalse(String a, String b) {
    assertFalse(SimpleFold.equal(a, b));
    assertNotEquals(SimpleFold.key(a), SimpleFold.key(b));
  }

  @Test
  void key_ofAKey_isItself() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String key = SimpleFold.key(Character.toString(c));
      assertEquals(key, SimpleFold.key(key));
    }
  }
}
