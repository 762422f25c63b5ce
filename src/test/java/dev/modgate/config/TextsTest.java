package dev.modgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.modgate.secret.Credentials;
import dev.modgate.verify.Parsed;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small grammars: endpoints, networks, URLs, GOPROXY, GOSUMDB, globs, names. */
final class TextsTest {

  private static final String CANARY = "canary7f3a";

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 127.0.0.1, 8080",
    "[::1]:0, ::1, 0",
    "[::]:65535, ::, 65535",
    "[2001:db8::1]:80, 2001:db8::1, 80",
    "localhost:1, localhost, 1",
    "modgate.corp-1.example:8080, modgate.corp-1.example, 8080"
  })
  void endpoint_wellFormed_printsAsItWasWritten(String text, String host, int port) {
    Endpoint endpoint = Endpoint.parse(text).orThrow();
    assertEquals(new Endpoint(host, port), endpoint);
    assertEquals(text, endpoint.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8080",
        ":8080",
        "localhost",
        "localhost:",
        "localhost:65536",
        "localhost:-1",
        "localhost:99999999",
        "::1:80",
        "[::1]",
        "[::1]:",
        "[::g]:1",
        "[::1%eth0]:1",
        "[127.0.0.1]:1",
        "[localhost]:1",
        "256.0.0.1:1",
        "1.2.3:1",
        "a b:1",
        "a\n:1",
        "-a:1",
        "http://a:1",
        "u:p@a:1",
        "[::1]:1\n"
      })
  void endpoint_malformed_isRefused(String text) {
    assertFalse(Endpoint.parse(text).isValid());
  }

  @Test
  void cidr_contains_comparesThePrefix() {
    Cidr ten = Cidr.parse("10.0.0.0/8").orThrow();
    assertTrue(ten.contains(InetAddress.ofLiteral("10.255.0.1")));
    assertFalse(ten.contains(InetAddress.ofLiteral("11.0.0.0")));
    assertFalse(ten.contains(InetAddress.ofLiteral("::1")));
    Cidr odd = Cidr.parse("192.168.4.0/22").orThrow();
    assertTrue(odd.contains(InetAddress.ofLiteral("192.168.7.255")));
    assertFalse(odd.contains(InetAddress.ofLiteral("192.168.8.0")));
    assertTrue(Cidr.parse("0.0.0.0/0").orThrow().contains(InetAddress.ofLiteral("1.2.3.4")));
    assertTrue(Cidr.parse("fd00::/8").orThrow().contains(InetAddress.ofLiteral("fdff::1")));
    Cidr one = Cidr.parse("::1/128").orThrow();
    assertTrue(one.contains(InetAddress.ofLiteral("::1")));
    assertFalse(one.contains(InetAddress.ofLiteral("::2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10/8",
        "10.0.0/8",
        "::1/129",
        "::1/127",
        "fd00/8",
        "localhost/8",
        "10.0.0.0/",
        "/8",
        "10.0.0.0/-1",
        "10.0.0.0/8 ",
        "300.0.0.0/8"
      })
  void cidr_malformed_isRefused(String text) {
    assertFalse(Cidr.parse(text).isValid());
  }

  @ParameterizedTest
  @CsvSource({
    "https://mirror.corp.example, https://mirror.corp.example",
    "https://mirror.corp.example/, https://mirror.corp.example",
    "HTTPS://Mirror.Corp.Example/Base/, https://mirror.corp.example/Base",
    "http://athens:3000/a/b, http://athens:3000/a/b",
    "http://[::1]:3000, http://[::1]:3000",
    "https://h/a%20b, https://h/a%20b"
  })
  void url_wellFormed_losesItsTrailingSlash(String text, String url) {
    MirrorUrl parsed = MirrorUrl.parse(text).orThrow();
    assertEquals(url, parsed.url().toString());
    assertEquals(url, parsed.toString());
    assertEquals(new Credentials.None(), parsed.credentials());
  }

  @ParameterizedTest
  @CsvSource({
    "https://alice:CANARY@h/base, alice:CANARY, https://[REDACTED]@h/base",
    "https://alice:a%40%2F%3Ab%20@h, alice:a@/:b , https://[REDACTED]@h",
    "https://CANARY@h, CANARY:, https://[REDACTED]@h",
    "https://alice:@h, alice:, https://[REDACTED]@h",
    "http://alice:CANARY@127.0.0.1:1/, alice:CANARY, http://[REDACTED]@127.0.0.1:1",
    "http://alice:CANARY@127.9.9.9, alice:CANARY, http://[REDACTED]@127.9.9.9",
    "http://alice:CANARY@[::1]:1, alice:CANARY, http://[REDACTED]@[::1]:1",
    "http://alice:CANARY@localhost, alice:CANARY, http://[REDACTED]@localhost"
  })
  void url_withCredentials_keepsThemApart(String text, String userAndPassword, String print) {
    MirrorUrl parsed = MirrorUrl.parse(text.replace("CANARY", CANARY)).orThrow();
    Credentials.Basic basic = assertInstanceOf(Credentials.Basic.class, parsed.credentials());
    String expected = userAndPassword.replace("CANARY", CANARY);
    assertEquals(expected.strip(), basic.userAndPassword().reveal().strip());
    assertEquals(print, parsed.toString());
    assertFalse(parsed.url().toString().contains(CANARY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CANARY",
        "//u:CANARY@h",
        "ftp://u:CANARY@h",
        "file:///CANARY",
        "https:CANARY",
        "https://u:CANARY@",
        "https://u:CANARY@:1",
        "https:///CANARY",
        "https://u:CANARY@h:0",
        "https://u:CANARY@h:65536",
        "https://u:CANARY@h:x",
        "https://u:CANARY@h?q=1",
        "https://u:CANARY@h#f",
        "https://u:CANARY@h/?",
        "https://u:CANARY@h/a/../b",
        "https://u:CANARY@h/./b",
        "https://u:CANARY@h//b",
        "https://u:CANARY@h_h",
        "https://u:CANARY@h/a b",
        "https://u:CANARY@h/\u010d",
        "https://u:CANARY%zz@h",
        "https://u:CANARY%0d%0a@h",
        "https://u:CANARY%00@h",
        "https://u:CANARY%c4%8d@h",
        "https://:CANARY@h",
        "https://u%3aCANARY:p@h",
        "https://u:CAN@CANARY@h",
        "https://u:1/CANARY@h",
        "https://u/CANARY@h",
        "https://u:CANARY[@h",
        "https://u:CANARY\\@h",
        "http://u:CANARY@mirror.corp.example",
        "http://u:CANARY@10.0.0.1",
        "http://u:CANARY@127.0.0.1.evil.example",
        "http://u:CANARY@localhost.evil.example",
        "http://u:CANARY@[::2]",
        "https://u:CANARY@h\n"
      })
  void url_malformed_isRefusedWithoutQuotingIt(String text) {
    String reason = reason(MirrorUrl.parse(text.replace("CANARY", CANARY)));
    assertFalse(reason.contains(CANARY), reason);
    assertTrue(reason.matches("(is|has|holds|does|a secret) [ -~]+"), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "public;public",
        "corp|public;corp|public",
        "corp,public,off;corp,public,off",
        " corp , ,| public ;corp,public",
        "corp,;corp",
        "off;off",
        "off,nonsense here;off",
        "direct;direct",
        "corp|public,direct|nonsense here;corp|public,direct",
        "https://u:p@h/a|corp;https://[REDACTED]@h/a|corp",
        "goproxy.example/x,corp;https://goproxy.example/x,corp",
        "localhost:3000;https://localhost:3000"
      })
  void goproxy_wellFormed_isReadAsGoDoes(String text, String print) {
    assertEquals(print, GoProxyText.parse(text).orThrow().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';names no mirror",
        "' ';names no mirror",
        "',|';names no mirror",
        "'corp|noproxy';has an entry, number 2, that is a reserved word",
        "none;has an entry, number 1, that is a reserved word",
        "file:///tmp/x;has an entry, number 1, that does not start with https",
        "/tmp/x;has an entry, number 1, that does not start with https",
        "'https://u:1|CANARY@h';has an entry, number 2, that holds an @ but no https",
        "'https://u:1,CANARY.y@h';has an entry, number 2, that holds an @ but no https"
      })
  void goproxy_malformed_isRefused(String text, String start) {
    String reason = reason(GoProxyText.parse(text));
    assertTrue(reason.startsWith(start), reason);
    assertFalse(reason.contains("CANARY"), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum.golang.org",
        "sum.golang.google.cn",
        "sum.corp.example+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "localhost.localdev/sumdb+00000c67+AcTrnkbUA+TU4heY3hkjiSES/DSQniBqIeQ/YppAUtK6",
        "sum.golang.org https://sum.corp.example/path"
      })
  void sumdb_wellFormed_isTaken(String text) {
    assertEquals(text, ItemChecks.checksumDatabase(text).orThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "off, is off",
    "sum.corp.example, is neither",
    "sum.corp.example+xyz+Ac4z, is neither",
    "sum.golang.org https://a b, has more than",
    "sum.golang.org CANARY, does not start with https",
    "sum.golang.org https://u:CANARY@h, has credentials"
  })
  void sumdb_malformed_isRefused(String text, String start) {
    String reason = reason(ItemChecks.checksumDatabase(text));
    assertTrue(reason.startsWith(start), reason);
    assertFalse(reason.contains("CANARY"), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corp.example",
        "*.corp.example/x",
        "corp.example/*/y?",
        "[a-z].example",
        "[^a]",
        "a\\[b",
        "[a\\]]",
        "[\\--z]",
        "x]",
        "[ab-c]"
      })
  void glob_thatPathMatchKnows_isTaken(String glob) {
    assertEquals(glob, ItemChecks.glob(glob).orThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "a[b", "[]", "[]a]", "[-a]", "[a-]", "[a-", "[^", "[^]", "a\\", "[a\\", "a b", "u:p@h"
      })
  void glob_thatPathMatchRefuses_isRefused(String glob) {
    assertFalse(ItemChecks.glob(glob).isValid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "off", "none", "noproxy", "", "A", "1a", "-a", "a_b", "a.b"})
  void mirrorName_outsideItsRule_isRefused(String name) {
    assertFalse(MirrorName.parse(name).isValid());
  }

  @Test
  void mirrorName_ofItsGreatestLength_isTaken() {
    assertTrue(MirrorName.parse("a" + "-".repeat(62)).isValid());
    assertFalse(MirrorName.parse("a" + "-".repeat(63)).isValid());
  }

  @ParameterizedTest
  @CsvSource({"a,a,0", "a,b,1", "ab,ba,1", "listen,lisetn,1", "ttl,tl,1", "'',abc,3", "abc,'',3"})
  void nearest_edits_countsEachOnce(String from, String to, int edits) {
    assertEquals(edits, Nearest.edits(from, to));
  }

  @Test
  void nearest_ofNothingLikeIt_isNone() {
    List<String> known = List.of("listen", "admin", "ttl");
    assertEquals(Optional.of("listen"), Nearest.to("lisen", known));
    assertEquals(Optional.of("ttl"), Nearest.to("tll", known));
    assertEquals(Optional.empty(), Nearest.to("policy", known));
    assertEquals(Optional.empty(), Nearest.to("x".repeat(1_000_000), known));
  }

  private static <T> String reason(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Valid<T> valid -> fail("not refused: " + valid);
      case Parsed.Invalid<T>(String reason) -> reason;
    };
  }
}
