package dev.modgate.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.verify.module.ModulePath;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.tlog.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** go.dev/ref/mod#goproxy-protocol, and what attackers make of it. */
final class TargetParserTest {

  private final TargetParser parser =
      new TargetParser(List.of("sum.golang.org", "localhost.localdev/sumdb"));

  /** A fragment would begin there for the client of the mirror, and it would ask for less. */
  @Test
  void parse_numberSignInABranch_isEncodedAndNeverPlain() {
    Target.Known branch =
        assertInstanceOf(
            Target.Known.class, parser.parse("/example.com/m/@v/fix%2312%5Ba%5D%20b.info"));
    Request.Query query = assertInstanceOf(Request.Query.class, branch.request());
    assertEquals("fix#12[a] b", query.query());
    assertEquals("/example.com/m/@v/fix%2312%5Ba%5D%20b.info", query.path());
    for (String plain : List.of("#", "?", "[", "]", "^", "{", "|", "}", "`", "<", ">", "\"", " ")) {
      assertInstanceOf(
          Target.Malformed.class, parser.parse("/example.com/m/@v/fix" + plain + "12.info"));
    }
  }

  @Test
  void parse_eachEndpoint_isKnown() {
    ModulePath module = ModulePath.parse("good.test/Upper").orThrow();
    ModuleVersion version = ModuleVersion.of(module, "v1.0.0-RC1").orThrow();
    assertKnown("/good.test/!upper/@v/list", new Request.VersionList(module));
    assertKnown("/good.test/!upper/@latest", new Request.Latest(module));
    assertKnown("/good.test/!upper/@v/v1.0.0-!r!c1.info", new Request.Info(version));
    assertKnown("/good.test/!upper/@v/v1.0.0-!r!c1.mod", new Request.GoMod(version));
    assertKnown("/good.test/!upper/@v/v1.0.0-!r!c1.zip", new Request.Zip(version));
    assertKnown("/good.test/!upper/@v/!main.info", new Request.Query(module, "Main", "!main"));
  }

  @Test
  void parse_bothWireForms_areOneRequest() {
    String escaped = "/good.test/!upper/@v/v1.0.0-!r!c1.zip";
    String encoded = "/good.test/%21upper/@v/v1.0.0-%21r!c1.zip";
    assertEquals(parser.parse(escaped), parser.parse(encoded));
    assertEquals(escaped, known(encoded).path());
  }

  @Test
  void parse_plus_isPlus() {
    ModuleVersion version = ModuleVersion.parse("x.test/y@v2.0.0+incompatible").orThrow();
    assertKnown("/x.test/y/@v/v2.0.0+incompatible.mod", new Request.GoMod(version));
    assertKnown("/x.test/y/@v/v2.0.0%2Bincompatible.mod", new Request.GoMod(version));
  }

  @Test
  void parse_nonCanonicalInfo_isAQuery() {
    ModulePath module = ModulePath.parse("x.test/y").orThrow();
    assertKnown("/x.test/y/@v/v1.info", new Request.Query(module, "v1", "v1"));
    assertKnown(
        "/x.test/y/@v/v1.2.3+meta.info", new Request.Query(module, "v1.2.3+meta", "v1.2.3+meta"));
    assertKnown("/x.test/y/@v/a%20b.info", new Request.Query(module, "a b", "a b"));
  }

  @Test
  void parse_database_isKnown() {
    ModuleVersion version = ModuleVersion.parse("x.test/Y@v1.0.0").orThrow();
    assertKnown("/sumdb/sum.golang.org/supported", new Request.Supported("sum.golang.org"));
    assertKnown("/sumdb/sum.golang.org/latest", new Request.LatestHead("sum.golang.org"));
    assertKnown(
        "/sumdb/sum.golang.org/lookup/x.test/!y@v1.0.0",
        new Request.LogRecordOf("sum.golang.org", version));
    assertKnown(
        "/sumdb/localhost.localdev/sumdb/tile/8/0/x001/234.p/5",
        new Request.LogTile(
            "localhost.localdev/sumdb", Tile.parse("tile/8/0/x001/234.p/5").orThrow()));
  }

  @Test
  void parse_otherDatabases_areUnknown() {
    for (String target :
        List.of(
            "/sumdb/evil.test/latest",
            "/sumdb/sum.golang.org@evil.test/latest",
            "/sumdb/sum.golang.org.evil.test/latest",
            "/sumdb/")) {
      assertEquals(new Target.UnknownDatabase(), parser.parse(target), target);
    }
  }

  @Test
  void parse_attacks_areMalformed() {
    for (String target :
        List.of(
            "http://evil.test/x.test/y/@v/list",
            "x.test/y/@v/list",
            "/x.test/../y/@v/list",
            "/x.test/%2e%2e/y/@v/list",
            "/x.test/.%2e/y/@v/list",
            "/x.test//y/@v/list",
            "/x.test/y//@v/list",
            "/x.test/./y/@v/list",
            "/x.test%2fy/@v/list",
            "/x.test%5cy/@v/list",
            "/x.test\\y/@v/list",
            "/x.test/%2521upper/@v/list",
            "/x.test/a%00/@v/list",
            "/x.test/%c0%af/@v/list",
            "/x.test/%zz/@v/list",
            "/x.test/a%2/@v/list",
            "/x.test/a;x=1/@v/list",
            "/x.test/!A/@v/list",
            "/x.test/!!a/@v/list",
            "/x.test/a!/@v/list",
            "/x.test/Azure/@v/list",
            "/x.test/\u212a/@v/list",
            "/x.test/con/@v/list",
            "/x.test/a~1/@v/list",
            "/x.test/.git/@v/list",
            "/-x.test/a/@v/list",
            "/x.test/a./@v/list",
            "/nodot/a/@v/list",
            "/x.test/a/v2/@v/v1.0.0.zip",
            "/x.test/a/@v/v2.0.0.zip",
            "/x.test/a/@v/v1.zip",
            "/x.test/a/@v/latest.zip",
            "/x.test/a/@v/main.mod",
            "/x.test/a/@v/-oX.info",
            "/x.test/a/@v/v1.0.0/../x.info",
            "/x.test/a/@v/.info",
            "/x.test/a/@v/" + "v".repeat(300) + ".info",
            "/x.test/" + "a/".repeat(5000) + "@v/list",
            "/sumdb/sum.golang.org/lookup/x.test/a",
            "/sumdb/sum.golang.org/lookup/x.test/a@main",
            "/sumdb/sum.golang.org/tile/8/0/1",
            "/sumdb/sum.golang.org/tile/8/0/001.p/256",
            "/sumdb/sum.golang.org/tile/../latest")) {
      assertInstanceOf(Target.Malformed.class, parser.parse(target), target);
    }
  }

  @Test
  void parse_whatIsNotOfTheProtocol_isNotServed() {
    for (String target :
        List.of(
            "/",
            "/healthz",
            "/metrics",
            "/x.test/a",
            "/x.test/a/@v/",
            "/x.test/a/@v/v1.0.0.ziphash",
            "/x.test/a/@v/v1.0.0.lock",
            "/x.test/a/@v/v1.0.0.partial",
            "/x.test/a/@v/v1.0.0.tmp",
            "/sumdb/sum.golang.org/",
            "/sumdb/sum.golang.org/secrets")) {
      assertEquals(new Target.NotServed(), parser.parse(target), target);
    }
  }

  private void assertKnown(String target, Request request) {
    assertEquals(new Target.Known(request), parser.parse(target), target);
  }

  private Request known(String target) {
    return assertInstanceOf(Target.Known.class, parser.parse(target)).request();
  }
}
