package dev.modgate.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.verify.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTest {

  private static final String CANARY = "canary-7f3a";

  private record Login(String user, Secret password) {}

  @Test
  void print_inEveryWay_isRedacted() {
    Secret secret = Secret.of(CANARY).orThrow();
    List<String> prints =
        List.of(
            secret.toString(),
            String.valueOf(secret),
            "" + secret,
            "%s".formatted(secret),
            new Login("alice", secret).toString(),
            Optional.of(secret).toString(),
            List.of(secret).toString(),
            Secret.of(CANARY).toString());
    for (String print : prints) {
      assertFalse(print.contains(CANARY), print);
      assertTrue(print.contains("[REDACTED]"), print);
    }
  }

  @Test
  void reveal_returnsTheValue() {
    assertEquals(CANARY, Secret.of(CANARY).orThrow().reveal());
  }

  @Test
  void equals_comparesValues() {
    Secret secret = Secret.of(CANARY).orThrow();
    assertEquals(secret, Secret.of(CANARY).orThrow());
    assertEquals(secret.hashCode(), Secret.of(CANARY).orThrow().hashCode());
    assertNotEquals(secret, Secret.of(CANARY + "x").orThrow());
    assertNotEquals(secret, Secret.of("canary-7f3b").orThrow());
  }

  @Test
  void hashCode_ofDifferentValues_tellsNothing() {
    assertEquals(Secret.of("a").orThrow().hashCode(), Secret.of("b").orThrow().hashCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\0", "\t", "\u001b", "\u007f", "é", "č", "\ud83d"})
  void of_textThatBreaksAHeader_isRefusedWithoutQuotingIt(String bad) {
    String reason = assertInstanceOf(Parsed.Invalid.class, Secret.of(CANARY + bad)).reason();
    assertFalse(reason.contains(CANARY), reason);
    assertTrue(reason.contains("character 12 of"), reason);
    assertTrue(reason.chars().allMatch(c -> c >= 0x20 && c <= 0x7e), reason);
  }

  @Test
  void of_emptyOrOverlong_isRefused() {
    assertFalse(Secret.of("").isValid());
    assertTrue(Secret.of("x".repeat(Secret.MAX_LENGTH)).isValid());
    assertFalse(Secret.of("x".repeat(Secret.MAX_LENGTH + 1)).isValid());
  }

  @Test
  void serialize_aSecret_isImpossible() throws IOException {
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThrows(
          NotSerializableException.class, () -> out.writeObject(Secret.of(CANARY).orThrow()));
    }
  }
}
