package dev.modgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.modgate.document.DocumentReader;
import dev.modgate.document.Node;
import dev.modgate.fake.FakeAuthority;
import dev.modgate.fake.FakeAuthority.Form;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.ObedientMirror;
import dev.modgate.fake.TlsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against a mirror with TLS that relays a log that really signs. */
final class ProbeCommandTest {

  private static final String MODULE = "a.test/m@v1.0.0";

  private final FakeLog log = new FakeLog("sum.test", 3);
  private final ObedientMirror mirror = new ObedientMirror(log);
  private final FakeModule module = new FakeModule(MODULE).in(log);
  private final FakeAuthority root = FakeAuthority.root("CN=root,O=Fake Trust");
  private final FakeAuthority between = root.below(Form.of("CN=between,O=Fake Trust", List.of()));
  private final Path folder;
  private final TlsServer server;

  ProbeCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.server = new TlsServer(between.issue(Form.ofServer()), mirror);
  }

  @BeforeEach
  void configure() throws IOException, CertificateEncodingException {
    mirror.serve(module);
    mirror.header("Server", "fake*1.0");
    Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(root.certificate().getEncoded())));
    configure("    tls:\n      ca: '" + folder.resolve("ca.pem") + "'\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Ran(int exitCode, String out, String err) {
    boolean says(String line) {
      return out.lines().anyMatch(each -> each.strip().replaceAll(" +", " ").contains(line));
    }
  }

  @Test
  void goodMirror_conforms_andIsShown() {
    Ran ran = probe("corp");
    assertEquals(0, ran.exitCode(), ran.out() + ran.err());
    assertEquals("", ran.err());
    assertTrue(ran.says("protocol http/1.1, TLSv1.3, TLS_"), ran.out());
    assertTrue(ran.says("certificate 1 CN=mirror"), ran.out());
    assertTrue(ran.says("issuer CN=between,O=Fake Trust"), ran.out());
    assertTrue(ran.says("names localhost, 127.0.0.1"), ran.out());
    assertTrue(ran.says("server fake*1.0"), ran.out());
    for (String check :
        List.of("list", "sumdb", "lookup", "info", "mod", "zip", "latest", "absent version")) {
      assertTrue(ran.says("ok " + check + " "), check + "\n" + ran.out());
    }
    assertTrue(ran.out().endsWith("it conforms\n"), ran.out());
  }

  /** What the probe says to pin is taken, and another face is noticed then. */
  @Test
  void suggestion_pasted_pinsTheMirror() throws IOException {
    List<String> lines = probe("corp").out().lines().toList();
    int begin = lines.indexOf("    tls:");
    List<String> pasted = lines.subList(begin, lines.size() - 2);
    assertTrue(pasted.contains("        server: 'fake\\*1.0'"), pasted.toString());
    assertTrue(pasted.contains("      issuer: '*O=Fake Trust*'"), pasted.toString());
    String ca = "      ca: '" + folder.resolve("ca.pem") + "'";
    List<String> keys = new ArrayList<>(pasted);
    keys.add(1, ca);
    configure(String.join("\n", keys) + "\n");
    Ran same = probe("corp");
    assertEquals(0, same.exitCode(), same.out() + same.err());

    mirror.header("Server", "fake 1.0");
    Ran other = probe("corp");
    assertEquals(1, other.exitCode(), other.out());
    assertTrue(other.says("changed its face: the header server is not as pinned"), other.out());
    assertTrue(other.says("server fake 1.0"), other.out());

    keys.removeIf(line -> line.contains("- sha256/"));
    keys.add(3, "        - sha256/" + "A".repeat(43) + "=");
    configure(String.join("\n", keys) + "\n");
    Ran pinned = probe("corp");
    assertEquals(3, pinned.exitCode(), pinned.out());
    assertTrue(pinned.says("refused TLS: no key of the certificates is a pinned one"));
  }

  @Test
  void json_holdsTheSame() {
    Ran ran = probe("corp", "--json");
    assertEquals(0, ran.exitCode(), ran.err());
    Node.Mapping report =
        (Node.Mapping) DocumentReader.json(ran.out().strip().getBytes(UTF_8)).orThrow();
    assertEquals("true", ran.out().replaceFirst("(?s).*\"conforms\":(\\w+).*", "$1"));
    assertEquals(2, ((Node.Sequence) report.find("certificates").orElseThrow()).items().size());
    assertEquals(9, ((Node.Sequence) report.find("checks").orElseThrow()).items().size());
    assertTrue(ran.out().contains("\"name\":\"zip\",\"outcome\":\"kept\""), ran.out());
  }

  @Test
  void plainHttp_conforms_withoutACertificate() throws IOException {
    HttpServer plain =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    plain.createContext("/", mirror);
    plain.start();
    try {
      Ran ran = probe("http://127.0.0.1:" + plain.getAddress().getPort());
      assertEquals(0, ran.exitCode(), ran.out());
      assertTrue(ran.says("protocol http/1.1, without TLS"), ran.out());
      assertTrue(ran.says("server: 'fake\\*1.0'"), ran.out());
      assertFalse(ran.out().contains("certificate "), ran.out());
    } finally {
      plain.stop(0);
    }
  }

  @Test
  void unknownAuthority_isRefused_andTheCertificatesArePrinted() {
    Ran ran = probe(server.url());
    assertEquals(3, ran.exitCode(), ran.out());
    assertTrue(ran.says("refused TLS: the certificate is from an unknown authority"), ran.out());
    assertTrue(ran.says("certificate 2 CN=between,O=Fake Trust"), ran.out());
    assertFalse(ran.out().contains("pins:"), "nothing of it is worth a pin");
  }

  @Test
  void expiredCertificate_isRefused_andSaysSince() throws IOException {
    Instant now = Instant.now();
    Form form = Form.ofServer().valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2)));
    try (TlsServer expired = new TlsServer(root.issue(form), mirror)) {
      Files.writeString(
          folder.resolve("modgate.yaml"),
          Files.readString(folder.resolve("modgate.yaml")).replace(server.url(), expired.url()));
      Ran ran = probe("corp");
      assertEquals(3, ran.exitCode(), ran.out());
      assertTrue(ran.says("refused TLS: the certificate has expired"), ran.out());
      assertTrue(ran.says(", expired"), ran.out());
    }
  }

  @Test
  void nobodyThere_isNotReached() {
    server.close();
    Ran ran = probe("corp");
    assertEquals(3, ran.exitCode(), ran.out());
    assertTrue(ran.out().endsWith("not reached: no connection\n"), ran.out());
  }

  @ParameterizedTest
  @CsvSource({
    "/a.test/m/@v/list, 500, x, list, answered 500",
    "/a.test/m/@v/list, 200, <html>, list, has a line that is not a version",
    "/a.test/m/@v/list, 404, x, list, answers 404",
    "/a.test/m/@v/v1.0.0.info, 200, '{\"Version\":\"v1.0.1\"}', info, info is about another version",
    "/a.test/m/@v/v1.0.0.info, 200, <html>, info, ''",
    "/a.test/m/@v/v1.0.0.mod, 200, module b.test/m, mod, is not a go.mod of a.test/m",
    "/a.test/m/@v/v1.0.0.mod, 200, module a.test/m, mod, '15 bytes, but it is not what the log has'",
    "/a.test/m/@v/v1.0.0.zip, 200, not a zip, zip, not sound: ",
    "/a.test/m/@latest, 200, {}, latest, ''",
    "/a.test/m/@v/v1.99999.0.info, 500, x, absent version, 'answered 500, instead of 404 or 410'",
    "/a.test/m/@v/v1.99999.0.info, 200, x, absent version, 'answers 200, instead of 404'",
    "/modgate-probe.invalid/none/@v/list, 403, x, absent module, answered 403",
    "/sumdb/sum.test/supported, 500, x, sumdb, answered 500",
    "/sumdb/sum.test/lookup/a.test/m@v1.0.0, 200, x, lookup, ''",
  })
  void aBrokenRule_isNamed(String path, int status, String body, String check, String detail) {
    mirror.answer(path, status, body.getBytes(UTF_8));
    Ran ran = probe("corp");
    assertEquals(1, ran.exitCode(), ran.out());
    assertTrue(
        ran.out()
            .lines()
            .anyMatch(line -> line.matches("  BROKEN +" + check + " .*") && line.contains(detail)),
        ran.out());
  }

  @Test
  void whatIsOptional_isANote() {
    mirror.answer("/sumdb/sum.test/supported", 404, "no".getBytes(UTF_8));
    mirror.answer("/a.test/m/@latest", 410, "no".getBytes(UTF_8));
    Ran ran = probe("corp");
    assertEquals(0, ran.exitCode(), ran.out());
    assertTrue(ran.says("note sumdb "), ran.out());
    assertTrue(ran.says("note latest "), ran.out());
  }

  @Test
  void badArguments_areNamed() {
    assertUsage("modgate: the mirror ", probe("ftp://h"));
    assertUsage("modgate: the mirror ", probe("nobody"));
    assertUsage("modgate: one mirror, ", probe("corp,public"));
    assertUsage("modgate: one mirror, ", probe("off"));
    assertUsage("modgate: a.test/m@latest: ", probe("corp", "--module", "a.test/m@latest"));
  }

  @Test
  void secrets_areNotPrinted() {
    mirror.header("Set-Cookie", "session=hunter2");
    Ran ran = probe("corp");
    assertTrue(ran.says("set-cookie "), ran.out());
    assertFalse(ran.out().contains("hunter2"), ran.out());
    assertFalse(probe("corp", "--json").out().contains("hunter2"));
  }

  private static void assertUsage(String beginning, Ran ran) {
    assertEquals(2, ran.exitCode(), ran.err());
    assertTrue(ran.err().startsWith(beginning), ran.err());
  }

  private void configure(String keys) throws IOException {
    Files.writeString(
        folder.resolve("modgate.yaml"),
        """
        sumdb: ["%s"]
        sumdb-timeout: 2s
        mirrors:
          corp:
            url: %s
            timeouts: {connect: 5s, first-byte: 10s}
        %s\
        """
            .formatted(log.keyText(), server.url(), keys));
  }

  private Ran probe(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            Map.of(), folder, new PrintWriter(out, true), new PrintWriter(err, true), false);
    List<String> all =
        new ArrayList<>(List.of("probe", "--config", folder.resolve("modgate.yaml").toString()));
    if (!List.of(arguments).contains("--module")) {
      all.addAll(List.of("--module", MODULE));
    }
    all.addAll(List.of(arguments));
    int exitCode =
        Main.run(Main.commandLine(surroundings), surroundings, all.toArray(String[]::new));
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
