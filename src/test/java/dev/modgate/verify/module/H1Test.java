package dev.modgate.verify.module;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class H1Test {

  private static final String EMPTY = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  /** What dirhash says of two files, U+FB00 with content a and U+10400 with content b. */
  private static final String BY_BYTES = "h1:7GvlG3hDVPgs46tdP2P3Fi9iG3bHWk7juxIBtCmQuZE=";

  private static final String LOW = "\uFB00";
  private static final String HIGH = "\uD801\uDC00";

  @Test
  void build_noFile_isTheHashOfNothing() {
    assertEquals(EMPTY, new H1.Builder().build().toString());
  }

  @Test
  void ofGoMod_realModule_isWhatThePublicDatabaseSays() {
    String goMod =
        """
        module golang.org/x/mod

        go 1.26.0

        require golang.org/x/tools v0.51.0 // tagx:ignore
        """;
    assertEquals(
        "h1:u5fzIrRInkL8MaO1cbRkUHT64v303YIT5KEqpNr7jRs=",
        H1.ofGoMod(goMod.getBytes(UTF_8)).toString());
    assertNotEquals(
        H1.ofGoMod(goMod.getBytes(UTF_8)), H1.ofGoMod(goMod.replace("\n", "\r\n").getBytes(UTF_8)));
  }

  @Test
  void ofGoMod_empty_isTheKnownHash() {
    assertEquals(
        "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=", H1.ofGoMod(new byte[0]).toString());
  }

  @Test
  void build_namesBeyondTheBasicPlane_areInTheOrderOfBytes() throws NoSuchAlgorithmException {
    assertEquals(1, Integer.signum(LOW.compareTo(HIGH)), "as texts they come the other way round");
    H1 forwards = new H1.Builder().add(utf8(LOW), sha256("a")).add(utf8(HIGH), sha256("b")).build();
    H1 backwards =
        new H1.Builder().add(utf8(HIGH), sha256("b")).add(utf8(LOW), sha256("a")).build();
    assertEquals(BY_BYTES, forwards.toString());
    assertEquals(forwards, backwards);
    assertEquals(forwards, H1.of(Map.of(HIGH, utf8("b"), LOW, utf8("a"))));
  }

  @Test
  void build_nameTwice_hasTwoLines() throws NoSuchAlgorithmException {
    H1 once = new H1.Builder().add(utf8("x"), sha256("a")).build();
    H1 twice = new H1.Builder().add(utf8("x"), sha256("a")).add(utf8("x"), sha256("a")).build();
    assertNotEquals(once, twice);
  }

  @Test
  void add_arraysThatChangeAfterwards_areAsTheyWere() throws NoSuchAlgorithmException {
    byte[] name = utf8("x");
    byte[] sha256 = sha256("a");
    H1.Builder builder = new H1.Builder().add(name, sha256);
    H1 before = builder.build();
    name[0] = 'y';
    sha256[0]++;
    assertEquals(before, builder.build());
  }

  @Test
  void add_newlineOrOtherDigest_isRefused() {
    H1.Builder builder = new H1.Builder();
    assertThrows(IllegalArgumentException.class, () -> builder.add(utf8("a\nb"), new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> builder.add(utf8("a"), new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> H1.of(Map.of("\uD800", new byte[0])));
    assertEquals(EMPTY, builder.build().toString());
  }

  @Test
  void parse_valid_isItself() {
    H1 h1 = H1.parse(EMPTY).orThrow();
    assertEquals(EMPTY, h1.toString());
    assertEquals(h1, new H1.Builder().build());
    assertEquals(h1.hashCode(), new H1.Builder().build().hashCode());
    assertNotEquals(h1, H1.ofGoMod(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h1:",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "H1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "h2:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
        "h1:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
        "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==",
        "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA",
        "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        " h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "h1: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      })
  void parse_otherSpellings_areRefused(String text) {
    assertFalse(H1.parse(text).isValid(), text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] sha256(String content) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(utf8(content));
  }
}
