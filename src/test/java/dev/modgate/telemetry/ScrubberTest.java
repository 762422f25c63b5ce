package dev.modgate.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScrubberTest {

  private final KnownSecrets secrets = new KnownSecrets();
  private final Scrubber scrubber = new Scrubber(secrets);

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void scrub_knownSecret_leavesNoneOfIt(Encoding encoding) {
    for (int seed = 0; seed < 200; seed++) {
      LeakDetector detector = LeakDetector.random(new SplittableRandom(seed));
      try (var _ = secrets.register(detector.canary())) {
        String text = "example.com/" + detector.encode(encoding) + "/v2";
        String scrubbed = scrubber.scrub(text);
        assertEquals(List.of(), detector.search(scrubbed.getBytes(UTF_8)), scrubbed);
        assertTrue(scrubbed.contains("[REDACTED"), scrubbed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void scrub_knownSecretPercentEncodedTwice_leavesNoneOfIt(Encoding encoding) {
    LeakDetector detector = LeakDetector.random(new SplittableRandom(1));
    try (var _ = secrets.register(detector.canary())) {
      String once = detector.encode(encoding).replace("%", "%25").replace("a", "%61");
      String scrubbed = scrubber.scrub("x" + once.replace("B", "%42"));
      assertEquals(List.of(), detector.search(scrubbed.getBytes(UTF_8)), scrubbed);
      assertTrue(scrubbed.endsWith("[REDACTED]"), scrubbed);
    }
  }

  /**
   * An escape may be the first or the last of the text, and stand beside what only looks like one.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hunter2 | hunter%32",
        "hunter2 | %68unter2",
        "hunter2 | hunter\\u0032",
        "hunter2 | \\u0068unter2",
        "pa%zzword | pa%zz%77ord",
        "pa%zzword | pa%zzwor\\u0064",
        "hun\0ter2 | hun\\u0000ter2",
        "hun\0ter2 | hun%00ter2",
      })
  void scrub_knownSecretBehindOneEscape_isCut(String secret, String text) {
    secrets.register(secret);
    assertEquals("[REDACTED]", scrubber.scrub(text));
  }

  /** What was clean is looked at again when there is one secret more, or one fewer. */
  @Test
  void scrub_secretComesAndGoes_theSameTextIsJudgedAnew() {
    String text = "example.com/tok3n-of-the-mirror/v2";
    assertSame(text, scrubber.scrub(text));
    assertSame(text, scrubber.scrub(text));
    try (var _ = secrets.register("tok3n-of-the-mirror")) {
      assertEquals("example.com/[REDACTED]/v2", scrubber.scrub(text));
    }
    assertSame(text, scrubber.scrub(text));
  }

  @Test
  void cleanTexts_many_areForgottenInTime() {
    CleanTexts.Current current = new CleanTexts.Current();
    for (int i = 0; i < CleanTexts.MOST; i++) {
      current.of(1).add("text " + i);
    }
    assertTrue(current.of(1).contains("text 0"));
    current.of(1).add("one more");
    assertTrue(current.of(1).contains("one more"));
    assertFalse(current.of(1).contains("text 0"));
    assertFalse(current.of(2).contains("one more"));
    current.of(2).add("x".repeat(257));
    assertFalse(current.of(2).contains("x".repeat(257)));
    current.of(2).add("x".repeat(256));
    assertTrue(current.of(2).contains("x".repeat(256)));
  }

  /** One text, one replacement, however many parts of it were cut. */
  @Test
  void scrub_eachWayToReplace_isToldOfOnce() {
    AtomicInteger replaced = new AtomicInteger();
    Scrubber counting = new Scrubber(secrets, ModuleNames.shown(), replaced::incrementAndGet);
    secrets.register("hunter2");
    assertEquals("x[REDACTED]y[REDACTED]", counting.scrub("xhunter2yhunter2"));
    assertEquals(1, replaced.get(), "cut");
    assertEquals("[REDACTED]", counting.scrub("xhunter%32y"));
    assertEquals(2, replaced.get(), "hidden by an encoding");
    counting.scrub("x".repeat(Scrubber.MAX_LENGTH + 1));
    assertEquals(3, replaced.get(), "too long");
    assertEquals("nothing in it", counting.scrub("nothing in it"));
    assertEquals("nothing in it", counting.scrub("nothing in it"));
    assertEquals(3, replaced.get(), "clean, and known to be so");
  }

  @Test
  void scrub_textCutInTheMiddleOfASecret_leavesNoneOfIt() {
    LeakDetector detector = LeakDetector.random(new SplittableRandom(2));
    secrets.register(detector.canary());
    String half = detector.canary().substring(0, detector.canary().length() / 2);
    assertEquals(List.of(), detector.search(scrubber.scrub("value " + half).getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bearer abc | Bearer [REDACTED]",
        "bearer  abc.def rest | bearer  [REDACTED]",
        "BASIC dXNlcg== | BASIC [REDACTED]",
        "Bearer%20abc | [REDACTED]",
        "Bearer+abc | Bearer+[REDACTED]",
        "\"Bearer\": \"abc\" | \"Bearer\":[REDACTED]",
        "invalid header value: \"Bearer abc\\ndef\" | [REDACTED]",
        "Authorization: Digest a=b, c=d | Authorization:[REDACTED]",
        "{\"authorization\": \"abc\"} | {\"authorization\":[REDACTED]",
        "X-Goog-Api-Key=abc | X-Goog-Api-Key=[REDACTED]",
        "X-Api-Key: abc | X-Api-Key:[REDACTED]",
        "PASSWORD=abc | PASSWORD=[REDACTED]",
        "Set-Cookie: a=b; c=d | Set-Cookie:[REDACTED]",
        "https://user:pass@example.com/x | https://[REDACTED]@example.com/x",
        "https://token@example.com/x | https://[REDACTED]@example.com/x",
        "ssh://git@example.com:22/x | ssh://[REDACTED]@example.com:22/x",
        "user:pass@example.com | [REDACTED]@example.com",
        "https://example.com/x?a=b&c=d end | https://example.com/x?[REDACTED] end",
        "/x?X-Amz-Signature=abc | /x?[REDACTED]",
        "/x%3Fa=b | [REDACTED]",
        "see ey^JhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl. | see [REDACTED]",
        "EYJHBGCIOIJFUZI1NIJ9.abc | [REDACTED]",
        "gh^p_0123456789abcdefghijklmnopqrstuvwxyz | [REDACTED]",
        "x-gh^s_0123456789abcdefghij | x-[REDACTED]",
        "gi^thub_pat_11ABCDEFG0123456789_abc | [REDACTED]",
        "gl^pat-a-b_c01234567890123 | [REDACTED]",
        "AK^IA0123456789ABCDEF | [REDACTED]",
        "xo^xb-123456789012-abcdef | [REDACTED]",
        "sk^-proj-abc-0123456789 | [REDACTED]",
        "sk^_live_0123456789abcdefghij | [REDACTED]",
        "hv^s.CAESIJ0123456789 | [REDACTED]",
        "a 0123456789abcdef0123456789abcdef b | a [REDACTED] b",
        "Abcdefgh0123456789+Abcdefgh0123456789/xy= | [REDACTED]",
        "--^---BEGIN PRIVATE KEY----- MIIE | [REDACTED]",
        "the key: --^---BEGIN PRIVATE KEY----- MIIE | the key: [REDACTED]",
        "gh^p_0123456789 | [REDACTED]",
        "GH^P_abcdefghi1, next | [REDACTED], next",
        "sk^-abcdefghijklmnopqrstuvwxyzabcdefghijklm1 | [REDACTED]",
        "pwd=abc | pwd=[REDACTED]",
        "//abc@example.com | //[REDACTED]@example.com",
        "x0123456789abcdef0123456789abcde | [REDACTED]",
        "xh1:n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHE= | xh1:[REDACTED]",
        "x = 7Hd92kQp41LmZ3 end | x = [REDACTED] end",
        "?a=b&c=d end | ?[REDACTED] end",
        "gh^p_abcdefghijklmnopqrstuvwx | [REDACTED]",
        "hooks.slack.com/services/T0 | hooks.slack.com/[REDACTED]",
        "(https://hooks.slack.com/services/T0) | (https://hooks.slack.com/[REDACTED])",
        "hooks.slack.com/a hooks.slack.com/b | hooks.slack.com/[REDACTED] hooks.slack.com/[REDACTED]",
        "a\\u0042earer \\u0042earer abc | [REDACTED]",
      })
  void scrub_credentialShape_cutsIt(String text, String expected) {
    // The caret keeps tools that look for secrets in sources from finding these.
    assertEquals(expected, scrubber.scrub(text.replace("^", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "github.com/golang-jwt/jwt/v5",
        "github.com/shirou/gopsutil/v3/disk-usage-2024",
        "github.com/aws/aws-sdk-go-v2/service/marketplaceentitlementservice",
        "github.com/AzureAD/microsoft-authentication-library-for-go",
        "golang.org/x/oauth2@v0.1.0",
        "example.com/basic/digest/v2",
        "v0.0.0-20191109021931-daa7c04131f5",
        "v2.0.1-0.20191109021931-daa7c04131f5+incompatible",
        "h1:n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHE=",
        "go.sum has h1:n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHE=",
        "asia-northeast1-docker.pkg.dev",
        "sum.golang.org",
        "127.0.0.1:8080",
        "2001:db8::1",
        "java.net.SocketTimeoutException",
        "550e8400-e29b-41d4-a716-446655440000",
        "https://mirror.example.com/path",
        "localhost.localdev/sumdb",
        "ghp_012345678",
        "ghp_abcdefghijklmnopqrst",
        "xghp_0123456789",
        "ghp_abcdefghijklmnopqrstuvw",
        "ey" + "JhbGciOi",
        "abcdefghijklmnopqrstuvwxyz01234",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        "012345678901234567890123456789012345",
        "pw=abc",
        "token abc",
        "a: b@example.com",
        "name@example.com",
        "what?",
        "100%",
        "%4",
        "%zz",
        "C:\\",
      })
  void scrub_ordinaryValue_staysTheSame(String text) {
    assertSame(text, scrubber.scrub(text));
  }

  @Test
  void scrub_credentialInOneLine_leavesTheNextLine() {
    assertEquals("Bearer [REDACTED]\nnext line", scrubber.scrub("Bearer abc def\nnext line"));
    assertEquals("Cookie:[REDACTED]\nnext: line", scrubber.scrub("Cookie: a=b\nnext: line"));
  }

  /** Three encodings one inside the other are undone; with a fourth the text is not read. */
  @Test
  void scrub_encodedOverAndOver_isReadThreeTimesDeep() {
    String thrice = "a%252520b";
    assertSame(thrice, scrubber.scrub(thrice));
    assertEquals("[REDACTED]", scrubber.scrub("a%25252520b"));
    assertEquals("[REDACTED]", scrubber.scrub("Bearer%252520abc"));
  }

  @Test
  void scrub_longestText_isScrubbedAsAnyOther() {
    String text = "x ".repeat(Scrubber.MAX_LENGTH / 2);
    assertSame(text, scrubber.scrub(text));
    assertEquals(
        text.substring(11) + " pwd=[REDACTED]", scrubber.scrub(text.substring(11) + " pwd=123456"));
  }

  @Test
  void scrub_anythingLongerThanTheBound_isReplacedByItsLength() {
    String text = "x".repeat(Scrubber.MAX_LENGTH + 1);
    assertEquals("[REDACTED: 8193 characters]", scrubber.scrub(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "eyj.",
        "-",
        "token=",
        "?a ",
        "h1:",
        "a@",
        "://",
        "Bearer ",
        "%25",
        "\\",
        "\\u005c",
        "%",
        "0123456789abcdef0123456789abcdef.,",
        "sk-",
        "\" "
      })
  void scrub_repetitiveText_takesLinearTime(String unit) {
    secrets.register("a".repeat(60));
    secrets.register("eyj.".repeat(20));
    String text = unit.repeat(Scrubber.MAX_LENGTH / unit.length());
    for (int i = 0; i < 20; i++) {
      scrubber.scrub(text);
    }
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    scrubber.scrub(text);
    Duration spent = Duration.ofNanos(clock.getCurrentThreadCpuTime() - start);
    // Milliseconds when linear, seconds when not.
    assertTrue(spent.toMillis() < 200, () -> unit + " took " + spent);
  }
}
