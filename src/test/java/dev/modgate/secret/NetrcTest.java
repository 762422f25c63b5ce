package dev.modgate.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.modgate.verify.Parsed;
import org.junit.jupiter.api.Test;

final class NetrcTest {

  private static final String FILE =
      """
      # machine commented.example login no password no
      machine other.example login other password other-pw
      macdef init
      machine mirror.corp.example login macro password macro-pw

      machine mirror.corp.example
        login ali   # a comment
        account x
        password open#sesame
      machine mirror.corp.example login second password second-pw
      default login anonymous password guest
      """;

  @Test
  void userAndPassword_severalEntries_isTheFirstOfTheHost() {
    assertEquals("ali:open#sesame", pair(FILE, "mirror.corp.example"));
    assertEquals("ali:open#sesame", pair(FILE, "Mirror.Corp.Example"));
    assertEquals("other:other-pw", pair(FILE, "other.example"));
  }

  @Test
  void userAndPassword_anotherHost_isTheDefault() {
    assertEquals("anonymous:guest", pair(FILE, "unknown.example"));
    assertEquals("anonymous:guest", pair(FILE, "commented.example"));
    assertEquals("anonymous:guest", pair(FILE, "corp.example"));
  }

  @Test
  void userAndPassword_noneOfTheHost_saysSo() {
    String reason = "the netrc file has no entry for the host of the mirror";
    assertEquals(reason, reason("", "h"));
    assertEquals(reason, reason("machine other login a password canary", "h"));
    assertEquals(reason, reason("login a password canary", "h"));
    assertEquals(reason, reason("password machine h", "h"));
  }

  @Test
  void userAndPassword_half_isRefused() {
    String reason = "the netrc entry of the mirror lacks a login or a password";
    assertEquals(reason, reason("machine h login canary", "h"));
    assertEquals(reason, reason("machine h password canary", "h"));
    assertEquals(reason, reason("machine h password canary machine i login j", "h"));
    assertEquals(reason, reason("machine h login a:b password canary", "h"));
    assertEquals(reason, reason("machine h login", "h"));
    assertFalse(reason("machine h login \u00e4 password canary", "h").contains("canary"));
  }

  private static String pair(String text, String host) {
    return Netrc.userAndPassword(text, host).orThrow().reveal();
  }

  private static String reason(String text, String host) {
    return switch (Netrc.userAndPassword(text, host)) {
      case Parsed.Valid<Secret> _ -> "valid";
      case Parsed.Invalid<Secret>(String reason) -> reason;
    };
  }
}
