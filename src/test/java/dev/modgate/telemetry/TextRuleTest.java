package dev.modgate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextRuleTest {

  private final KnownSecrets secrets = new KnownSecrets();
  private final Scrubber scrubber = new Scrubber(secrets);

  @Test
  void text_upToItsLength_leaves() {
    TextRule rule = TextRule.text("small a", 3, c -> c == 'a');
    assertEquals("small a, at most 3", rule.allowed());
    assertEquals(Optional.empty(), rule.clean("", scrubber));
    assertEquals(Optional.of("a"), rule.clean("a", scrubber));
    assertEquals(Optional.of("aaa"), rule.clean("aaa", scrubber));
    assertEquals(Optional.empty(), rule.clean("aaaa", scrubber));
    assertEquals(Optional.empty(), rule.clean("aab", scrubber));
  }

  @Test
  void text_withASecret_isScrubbed() {
    secrets.register("hunter2");
    TextRule rule = TextRule.text("anything", 100, _ -> true);
    assertEquals(Optional.of("x[REDACTED]"), rule.clean("xhunter2", scrubber));
  }

  /** They are ours: a secret that reads like one would only be shown by its absence. */
  @Test
  void listedValues_thatASecretEquals_stay() {
    secrets.register("lookup");
    assertEquals(Optional.of("lookup"), TextRule.oneOf("lookup", "x").clean("lookup", scrubber));
    TextRule any = TextRule.anyOf("some", Set.of("lookup"));
    assertEquals(Optional.of("lookup"), any.clean("lookup", scrubber));
    assertEquals(Optional.empty(), any.clean("lookups", scrubber));
    assertEquals("some", any.allowed());
  }

  @Test
  void oneOf_values_areListedInOrder() {
    assertEquals("`b`, `a`", TextRule.oneOf("b", "a").allowed());
  }

  @Test
  void h1_ofAnotherShape_isAbsent() {
    String hash = "h1:n4qYNVzXyMzh1JxYQO1VgzRvFVcLdzXVEZL8vAhLKHE=";
    TextRule rule = TextRule.h1();
    assertEquals("`h1:` and 32 bytes in base64", rule.allowed());
    assertEquals(Optional.of(hash), rule.clean(hash, scrubber));
    for (String other :
        new String[] {
          hash + "=", hash + " x", "x" + hash, hash.replace('=', 'A'), hash.replace("h1:", "h2:")
        }) {
      assertEquals(Optional.empty(), rule.clean(other, scrubber), other);
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'a', 'm', 'z', 'A', 'M', 'Z', '0', '5', '9', '.', '/'})
  void lettersDigitsAnd_thoseAndTheGiven_areAllowed(char c) {
    assertEquals(true, TextRule.lettersDigitsAnd("./").test(c));
  }

  /** The neighbours of each range, and what only Unicode calls a letter or a digit. */
  @ParameterizedTest
  @ValueSource(chars = {'`', '{', '@', '[', ';', ':', '-', ' ', '\0', '\u00e9', '\u0661', '\uff21'})
  void lettersDigitsAnd_anyOther_isNot(char c) {
    assertEquals(false, TextRule.lettersDigitsAnd("./").test(c));
  }
}
