package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.secret.Secret;
import dev.modgate.secret.SecretReference;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy of what is served out of its keys, and what keys do not go together. */
final class TrafficKeysTest {

  private final Path directory;

  TrafficKeysTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void load_noUrl_isNowhere() {
    assertEquals(
        Optional.empty(), traffic("token: {file: /s}, bodies: 1MiB").configuration().traffic());
  }

  @Test
  void load_bodies_areBytes() {
    assertEquals(0, bodies(""));
    assertEquals(0, bodies(", bodies: 0B"));
    assertEquals(1000, bodies(", bodies: 1000B"));
    assertEquals(64 << 10, bodies(", bodies: 64KiB"));
    assertEquals(16 << 20, bodies(", bodies: 16MiB"));
  }

  @Test
  void shown_bodies_areInTheLargestUnitThatFits() {
    assertTrue(traffic("bodies: 1024KiB").shown("mirror-traffic.bodies").startsWith("1MiB "));
    assertTrue(traffic("bodies: 1536KiB").shown("mirror-traffic.bodies").startsWith("1536KiB "));
    assertTrue(traffic("bodies: 1025B").shown("mirror-traffic.bodies").startsWith("1025B "));
  }

  @Test
  void load_token_isAReference() {
    assertEquals(
        Optional.of(new SecretReference.InFile(Loading.HOME.resolve("s"))),
        token(traffic("url: https://h, token: {file: ~/s}")));
    assertEquals(
        Optional.of(new SecretReference.Held(Secret.of("sesame").orThrow())),
        token(traffic("url: https://h, token: {env: AUDIT_TOKEN}").env("AUDIT_TOKEN", "sesame")));
    assertEquals(Optional.empty(), token(traffic("url: https://h")));
  }

  @Test
  void load_tokenBesideTheUserOfTheUrl_isRefused() {
    Problem problem = traffic("url: \"https://u:p@h\", token: {file: /s}").problem();
    assertEquals("mirror-traffic.token", problem.key());
    assertEquals(
        "is set, and so is the user in mirror-traffic.url: the endpoint is shown one credential",
        problem.message());
  }

  @Test
  void load_tokenOverHttp_isRefusedButOnLoopback() {
    String keys = "url: \"http://%s\", token: {file: /s}";
    Problem problem = traffic(keys.formatted("h.example")).problem();
    assertTrue(problem.message().startsWith("would be read on the way"), problem.message());
    for (String host : new String[] {"127.0.0.1:1", "[::1]:1", "localhost"}) {
      traffic(keys.formatted(host)).loaded();
    }
  }

  @Test
  void load_tokenTwice_isRefused() {
    Problem problem = traffic("url: https://h, token: {file: /s, env: AUDIT_TOKEN}").problem();
    assertEquals("mirror-traffic.token.env", problem.key());
    assertEquals("refers to a secret to which file refers too", problem.message());
  }

  @Test
  void load_tokenInAVariableThatCannotBeUsed_isRefusedWithoutItsValue() {
    Loading loading = traffic("url: https://h, token: {env: AUDIT_TOKEN}");
    assertEquals("names a variable that is not set", loading.problem().message());
    Problem problem = loading.env("AUDIT_TOKEN", "ses\name").problem();
    assertEquals(
        "names a variable that can't be used: a secret holds a line feed at character 4 of 7",
        problem.message());
  }

  private Loading traffic(String keys) {
    return new Loading(directory).file("mirror-traffic: {" + keys + "}");
  }

  private int bodies(String more) {
    return traffic("url: https://h" + more).configuration().traffic().orElseThrow().bodies();
  }

  private static Optional<SecretReference> token(Loading loading) {
    return loading.configuration().traffic().orElseThrow().token();
  }
}
