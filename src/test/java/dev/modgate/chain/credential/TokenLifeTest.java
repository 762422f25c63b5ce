package dev.modgate.chain.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.modgate.document.DocumentReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What tokens and cookies say of their end. */
final class TokenLifeTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void seconds_ofNumbersAndTexts_areRead() {
    assertEquals(Optional.of(Duration.ofHours(1)), seconds("3600"));
    assertEquals(Optional.of(Duration.ofHours(1)), seconds("\"3600\""));
    assertEquals(Optional.of(Duration.ofSeconds(1)), seconds("1.5"));
    for (String none : List.of("-1", "1e9", "null", "true", "\"1h\"", "\"\"", "99999999999")) {
      assertEquals(Optional.empty(), seconds(none), none);
    }
  }

  @Test
  void bounded_anyLife_isPositiveAndAtMostADay() {
    assertEquals(Duration.ofDays(1), TokenLife.bounded(Duration.ofDays(400)).orThrow());
    assertEquals(Duration.ofSeconds(9), TokenLife.bounded(Duration.ofSeconds(9)).orThrow());
    assertFalse(TokenLife.bounded(Duration.ZERO).isValid());
    assertFalse(TokenLife.bounded(Duration.ofSeconds(-5)).isValid());
  }

  @Test
  void ofJwt_itsExp_countsFromNow() {
    long end = NOW.getEpochSecond() + 300;
    assertEquals(
        Optional.of(Duration.ofMinutes(5)), TokenLife.ofJwt(jwt("{\"exp\":" + end + "}"), NOW));
    for (String none :
        List.of("abc", "a.b", "a.!.c", jwt("{}"), jwt("{\"exp\":\"x\"}"), jwt("no JSON"))) {
      assertEquals(Optional.empty(), TokenLife.ofJwt(none, NOW), none);
    }
  }

  @Test
  void cookie_itsAttributes_areRead() {
    assertCookie("v", 60, "sid=v; Max-Age=60; Expires=Thu, 01 Jan 2026 00:00:09 GMT");
    assertCookie("v", 9, "sid=\"v\"; Expires=Thu, 01 Jan 2026 00:00:09 GMT; HttpOnly");
    assertCookie("v", 9, "sid = v ;expires=Thu, 01-Jan-2026 00:00:09 GMT");
    assertCookie("a=b", 0, "sid=a=b; max-age=-1");
    assertEquals(
        new SetCookie("sid", "v", Optional.empty()),
        SetCookie.parse("sid=v; Expires=soon; Max-Age=x", NOW).orElseThrow());
    assertEquals(Optional.empty(), SetCookie.parse("sid", NOW));
    assertEquals(Optional.empty(), SetCookie.parse("=v", NOW));
    assertFalse(SetCookie.parse("sid=canary", NOW).toString().contains("canary"));
  }

  private static void assertCookie(String value, long life, String header) {
    assertEquals(
        new SetCookie("sid", value, Optional.of(Duration.ofSeconds(life))),
        SetCookie.parse(header, NOW).orElseThrow());
  }

  private static Optional<Duration> seconds(String json) {
    return TokenLife.seconds(DocumentReader.json(json.getBytes(UTF_8)).orThrow());
  }

  private static String jwt(String claims) {
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + ".c2ln";
  }
}
