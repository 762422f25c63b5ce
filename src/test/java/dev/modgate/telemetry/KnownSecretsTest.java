package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownSecretsTest {

  private final KnownSecrets secrets = new KnownSecrets();

  @Test
  void find_secretInOrdinaryText_cutsOnlyTheSecret() {
    secrets.register("s3cr3t-of-the-mirror");
    assertEquals("key=[REDACTED]; next", found("key=s3cr3t-of-the-mirror; next"));
  }

  @Test
  void find_secretInAnotherCase_cutsIt() {
    secrets.register("s3cr3t-of-the-mirror");
    assertEquals("[REDACTED]", found("S3CR3T-Of-The-Mirror"));
  }

  @Test
  void find_twelveCharactersOfASecret_cutsThem() {
    String secret = "0123456789abcdefghijklmnopqrst";
    secrets.register(secret);
    for (int from = 0; from + 12 <= secret.length(); from++) {
      String part = secret.substring(from, from + 12);
      assertEquals("<[REDACTED]>", found("<" + part + ">"), part);
    }
  }

  @Test
  void find_elevenCharactersOfASecret_keepsThem() {
    secrets.register("0123456789abcdefghijklmnopqrst");
    assertEquals("<456789abcde>", found("<456789abcde>"));
  }

  @ParameterizedTest
  @EnumSource(LeakDetector.Encoding.class)
  void areRepeatedIn_documentWithTheSecret_isTrueForAllOfItInAnyEncoding(
      LeakDetector.Encoding encoding) {
    LeakDetector detector = LeakDetector.random(new SplittableRandom(77));
    byte[] document = ("{\"URL\":\"" + detector.encode(encoding) + "\"}").getBytes(UTF_8);
    assertFalse(secrets.areRepeatedIn(document));
    secrets.register(detector.canary());
    assertEquals(encoding != LeakDetector.Encoding.FRAGMENT, secrets.areRepeatedIn(document));
    assertFalse(secrets.areRepeatedIn("{\"URL\":\"https://git.test\"}".getBytes(UTF_8)));
  }

  @Test
  void areRepeatedIn_shortSecret_isNoReason() {
    secrets.register("github.com");
    assertFalse(secrets.areRepeatedIn("https://github.com/a".getBytes(UTF_8)));
    secrets.register("hunter2hunter2");
    assertTrue(secrets.areRepeatedIn("https://hunter2hunter2/a".getBytes(UTF_8)));
  }

  @Test
  void areRepeatedIn_documentThatIsTheSecret_isTrue() {
    secrets.register("12-of-length");
    assertTrue(secrets.areRepeatedIn("12-of-length".getBytes(UTF_8)));
    assertFalse(secrets.areRepeatedIn("12-of-lengt".getBytes(UTF_8)));
  }

  @Test
  void areRepeatedIn_encodedOverAndOver_isReadThreeTimesDeep() {
    secrets.register("hunter2hunter2");
    assertTrue(secrets.areRepeatedIn("a hunter2%252568unter2 b".getBytes(UTF_8)));
    assertFalse(secrets.areRepeatedIn("a hunter2%25252568unter2 b".getBytes(UTF_8)));
  }

  @Test
  void areRepeatedIn_moreSecretsThanAreKept_refusesNothing() {
    for (int i = 0; i <= KnownSecrets.MAX_COUNT; i++) {
      secrets.register("secret number " + i);
    }
    assertEquals("[REDACTED]", secrets.clean("any words"));
    assertFalse(secrets.areRepeatedIn("any words".getBytes(UTF_8)));
  }

  @Test
  void find_shortSecret_cutsItWholeOnly() {
    secrets.register("hunter2");
    assertEquals("x[REDACTED]y hunter", found("xhunter2y hunter"));
  }

  @Test
  void find_twiceInARow_cutsBoth() {
    secrets.register("hunter2");
    assertEquals("[REDACTED]", found("hunter2hunter2"));
  }

  @Test
  void find_oneAmongMany_cutsIt() {
    SplittableRandom random = new SplittableRandom(3);
    List<LeakDetector> all = new ArrayList<>();
    for (int i = 0; i < KnownSecrets.MAX_COUNT; i++) {
      all.add(LeakDetector.random(random));
      secrets.register(all.getLast().canary());
    }
    for (LeakDetector each : all) {
      assertEquals("a [REDACTED] b", found("a " + each.canary() + " b"));
    }
    assertEquals("nothing of the kind", found("nothing of the kind"));
  }

  @Test
  void find_beyondTheBound_cutsEverything() {
    for (int i = 0; i <= KnownSecrets.MAX_COUNT; i++) {
      secrets.register("the secret number " + i);
    }
    assertEquals("[REDACTED]", found("an ordinary text"));
  }

  @Test
  void close_afterRotation_forgetsThatOne() {
    KnownSecrets.Registration old = secrets.register("the old password");
    secrets.register("some other value");
    old.close();
    old.close();
    assertEquals(1, secrets.count());
    assertEquals("the old password", found("the old password"));
    assertEquals("[REDACTED]", found("some other value"));
  }

  @Test
  void close_secretOfTwoOwners_staysKnown() {
    KnownSecrets.Registration one = secrets.register("shared password");
    secrets.register("shared password");
    one.close();
    assertEquals("[REDACTED]", found("shared password"));
  }

  @Test
  void register_whiteSpaceAround_isNotPartOfIt() {
    secrets.register("  hunter2\r\n");
    assertEquals("[REDACTED]", found("hunter2"));
  }

  @Test
  void register_tooShort_isNotKept() {
    secrets.register("abc").close();
    secrets.register("   ");
    assertEquals(0, secrets.count());
  }

  @Test
  void register_shortestSecret_isKept() {
    secrets.register("12345");
    assertEquals(0, secrets.count());
    secrets.register("123456");
    assertEquals(1, secrets.count());
    assertEquals("12345 [REDACTED]", found("12345 123456"));
  }

  @Test
  void generation_everyRegistrationAndEndOfOne_isAnother() {
    long first = secrets.generation();
    KnownSecrets.Registration registration = secrets.register("the old password");
    long second = secrets.generation();
    registration.close();
    assertTrue(first < second && second < secrets.generation());
  }

  @Test
  void find_afterTheBoundWasPassed_cutsOnlySecretsAgain() {
    KnownSecrets.Registration last = secrets.register("the last secret");
    for (int i = 0; i < KnownSecrets.MAX_COUNT; i++) {
      secrets.register("the secret number " + i);
    }
    assertEquals("[REDACTED]", found("an ordinary text"));
    last.close();
    assertEquals("an ordinary text", found("an ordinary text"));
    assertEquals("[REDACTED]", found("the secret number 7"));
  }

  @Test
  void find_twoSecretsSideBySide_cutsBoth() {
    secrets.register("first-secret-0123");
    secrets.register("second-secret-4567");
    assertEquals("a [REDACTED] b", found("a first-secret-0123second-secret-4567 b"));
    assertEquals("a [REDACTED],[REDACTED] b", found("a first-secret-0123,second-secret-4567 b"));
  }

  /** The secret begins the way another one goes on. */
  @Test
  void find_secretsThatShareAPart_areCutAsFarAsEither() {
    secrets.register("0123456789abcdef");
    secrets.register("89abcdefghijklmnop");
    assertEquals("<[REDACTED]>", found("<0123456789abcdefghijklmnop>"));
  }

  @Test
  void find_base64UrlOfASecret_cutsIt() {
    String secret = "\u00fb\u00ff\u00bf-and-some-more?>?>";
    secrets.register(secret);
    for (String before : new String[] {"", "x", "xy"}) {
      byte[] bytes = (before + secret + "tail").getBytes(UTF_8);
      String url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      String shown = found("<" + url + ">");
      assertTrue(shown.startsWith("<") && shown.endsWith(">"), shown);
      assertTrue(shown.contains("[REDACTED]"), shown);
      assertTrue(shown.length() <= "<xxxx[REDACTED]xxxxxxxx>".length(), shown);
    }
  }

  /** Encoded beside other bytes, a short secret has few characters of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"hunter", "hunter2", "hunter22"})
  void find_base64OfAShortSecret_cutsIt(String secret) {
    secrets.register(secret);
    for (String before : new String[] {"", "x", "xy", "xyz"}) {
      byte[] bytes = (before + secret + "tail").getBytes(UTF_8);
      String shown = found("<" + Base64.getEncoder().encodeToString(bytes) + ">");
      assertTrue(shown.contains("[REDACTED]"), before + secret + ": " + shown);
    }
  }

  /** More of them than are looked at for any other place. */
  @Test
  void find_manyShortSecretsThatBeginAlike_cutsEachOfThem() {
    for (int i = 100; i < 300; i++) {
      secrets.register("prefix" + i);
    }
    for (int i = 100; i < 300; i++) {
      assertEquals("<[REDACTED]>", found("<prefix" + i + ">"));
    }
    assertEquals("<prefix>", found("<prefix>"));
  }

  @Test
  void register_veryLong_findsItsParts() {
    StringBuilder key = new StringBuilder();
    SplittableRandom random = new SplittableRandom(4);
    while (key.length() < KnownSecrets.MAX_LENGTH) {
      key.append((char) ('a' + random.nextInt(26)));
    }
    secrets.register(key + "beyond the bound");
    assertEquals("[REDACTED]", found(key.substring(9_000, 9_020)));
  }

  @Test
  void toString_ofAll_showsNone() {
    secrets.register("s3cr3t-of-the-mirror");
    assertFalse(secrets.toString().contains("s3cr3t"));
    assertTrue(secrets.toString().contains("1"));
  }

  private String found(String text) {
    Cuts cuts = new Cuts();
    secrets.find(text, cuts);
    return cuts.apply(text);
  }
}
