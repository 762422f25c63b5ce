package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.modgate.fake.FakeSigner;
import dev.modgate.verify.Parsed;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DatabaseSpecTest {

  private static final String PUBLIC_KEY =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  private static final String KEY = new FakeSigner("localhost.localdev/sumdb", 1).keyText();

  @Test
  void parse_knownName_hasItsKey() {
    DatabaseSpec spec = DatabaseSpec.parse("sum.golang.org").orThrow();
    assertEquals("sum.golang.org", spec.name());
    assertEquals(PUBLIC_KEY, spec.key().toString());
    assertEquals(Optional.empty(), spec.url());
    assertEquals(spec, DatabaseSpec.parse(" sum.golang.org\n").orThrow());
    assertEquals(spec, DatabaseSpec.parse(PUBLIC_KEY).orThrow());
  }

  @Test
  void parse_nameForChina_isTheSameDatabaseElsewhere() {
    DatabaseSpec spec = DatabaseSpec.parse("sum.golang.google.cn").orThrow();
    assertEquals("sum.golang.org", spec.name());
    assertEquals(Optional.of(URI.create("https://sum.golang.google.cn")), spec.url());
    assertFalse(DatabaseSpec.parse("sum.golang.google.cn https://x.example").isValid());
  }

  @Test
  void parse_malformedUrl_isRefused() {
    assertEquals(
        Parsed.invalid("the URL of a checksum database is malformed"),
        DatabaseSpec.parse(KEY + " https://["));
  }

  @Test
  void parse_keyAndUrl_hasBoth() {
    DatabaseSpec spec = DatabaseSpec.parse(KEY + " \t https://sum.example/db/").orThrow();
    assertEquals("localhost.localdev/sumdb", spec.name());
    assertEquals(Optional.of(URI.create("https://sum.example/db")), spec.url());
    for (String url :
        List.of("http://127.0.0.1:8080/sumdb", "http://localhost", "http://[::1]:1/")) {
      assertEquals(true, DatabaseSpec.parse(KEY + " " + url).isValid(), url);
    }
  }

  @Test
  void parse_otherUrl_isRefused() {
    for (String url :
        List.of(
            "http://sum.example",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://127.0.0.1@evil.example",
            "https://user:secret@sum.example",
            "https://sum.example?x",
            "https://sum.example#x",
            "https://",
            "https:sum.example",
            "//sum.example",
            "sum.example",
            "file:///etc",
            "ftp://sum.example",
            "https://sum example")) {
      assertFalse(DatabaseSpec.parse(KEY + " " + url).isValid(), url);
    }
  }

  @Test
  void parse_otherName_isRefused() {
    for (String name :
        List.of(
            "a/",
            "/a",
            "a//b",
            "a/../b",
            "a/..",
            "a/.",
            "user@host",
            "a?b",
            "a#b",
            "a:b",
            "a/b%2f",
            "a/%2e%2e",
            "a\\b",
            "..",
            "-a",
            "a;b",
            "ä",
            "http://a",
            "[::1]")) {
      assertFalse(DatabaseSpec.parse(new FakeSigner(name, 1).keyText()).isValid(), name);
    }
    for (String name : List.of("a", "a.b:8080", "a/b", "a.b/c-d/e_f~g.h", "LOCALHOST")) {
      String key = new FakeSigner(name, 1).keyText();
      assertEquals(name, DatabaseSpec.parse(key).orThrow().name());
    }
  }

  @Test
  void parse_otherForms_isRefused() {
    for (String text :
        List.of(
            "",
            " ",
            "off",
            "sum.example",
            "none",
            KEY + " https://a https://b",
            KEY.substring(0, KEY.length() - 1),
            KEY + "=",
            "sum.golang.org,off")) {
      assertFalse(DatabaseSpec.parse(text).isValid(), text);
    }
  }
}
