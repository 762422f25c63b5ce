package dev.modgate.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes on the wire, good and bad, and what comes back. */
final class EdgeIT {

  @TempDir Path folder;

  @Test
  void wire_requests_getWhatTheyDeserve() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("wire.test/m@v1.0.0");
      try (ModgateProcess modgate = world.serve("data", "honest")) {
        assertProtocol(modgate, module);
        assertAttacksAreTurnedAway(modgate, module);
        assertListenersAreApart(modgate);
      }
    }
  }

  @Test
  void clientAddress_isThePeersUnlessATrustedPeerVouches() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("wire.test/m@v1.0.0");
      String get = "GET " + module.base() + ".mod HTTP/1.1";
      String vouched = "X-Go-Proxy-Client-IP: 203.0.113.9";
      try (ModgateProcess modgate = world.serve("untrusting", "honest")) {
        assertStatus(200, ask(modgate.url(), get, vouched));
      }
      Map<String, String> trusting = Map.of("MODGATE_AUDIT_TRUSTED_PEERS", "127.0.0.0/8");
      try (ModgateProcess modgate = world.serve("trusting", "honest", trusting, "")) {
        assertStatus(200, ask(modgate.url(), get, vouched));
        assertStatus(200, ask(modgate.url(), get, "X-Go-Proxy-Client-IP: evil\", \"x"));
      }
      assertEquals(List.of("127.0.0.1"), clients(world.data("untrusting")));
      assertEquals(List.of("203.0.113.9", "127.0.0.1"), clients(world.data("trusting")));
    }
  }

  @Test
  void connections_beyondTheMost_areToldSoAtOnce() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("wire.test/m@v1.0.0");
      String get = "GET " + module.base() + ".mod HTTP/1.1";
      Map<String, String> two = Map.of("MODGATE_CONNECTIONS", "2");
      try (ModgateProcess modgate = world.serve("crowded", "honest", two, "")) {
        Socket idle = connect(modgate.url());
        try (Socket another = connect(modgate.url())) {
          awaitConnections(modgate, 2);
          String answer = ask(modgate.url(), get);
          assertStatus(503, answer);
          assertHeader(answer, "Retry-After: 1");
          assertHeader(answer, "Connection: close");
          assertEquals("modgate has too many connections at once\n", body(answer));
          assertEquals("", body(ask(modgate.url(), get.replace("GET", "HEAD"))));
          assertStatus(200, exchange(another, get));
          assertTrue(status(modgate).contains("\"most\":2,\"turnedAway\":2}"));
          idle.close();
          awaitConnections(modgate, 1);
          assertStatus(200, ask(modgate.url(), get));
        }
        awaitConnections(modgate, 0);
        String metrics = ask(modgate.admin(), "GET /metrics HTTP/1.1");
        assertTrue(metrics.contains("modgate_connections_turned_away_total 2"), metrics);
      }
    }
  }

  /** However a client ends it, its connection is closed here too, and its place free. */
  @Test
  void hangUps_ofEveryKind_leaveNoConnection() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder)) {
      FakeModule module = world.publish("wire.test/m@v1.0.0");
      String get = "GET " + module.base() + ".mod HTTP/1.1";
      try (ModgateProcess modgate = world.serve("left", "honest")) {
        for (int i = 0; i < 40; i++) {
          Socket socket = connect(modgate.url());
          if (i % 2 == 0) {
            assertStatus(200, exchange(socket, get));
          }
          if (i % 4 < 2) {
            socket.setSoLinger(true, 0);
          }
          if (i % 5 == 0) {
            socket.getOutputStream().write('G');
          }
          socket.close();
        }
        awaitConnections(modgate, 0);
      }
    }
  }

  private static Socket connect(String url) throws IOException {
    URI uri = URI.create(url);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(15_000);
    return socket;
  }

  /** The beginning of an answer on a connection that stays open. */
  private static String exchange(Socket socket, String requestLine) throws IOException {
    socket.getOutputStream().write((requestLine + "\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
    return new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
  }

  private static String status(ModgateProcess modgate) throws IOException {
    return ask(modgate.admin(), "GET /status HTTP/1.1");
  }

  private static void awaitConnections(ModgateProcess modgate, int open) throws Exception {
    String expected = "\"connections\":{\"open\":" + open + ",";
    for (int i = 0; i < 200; i++) {
      if (status(modgate).contains(expected)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(expected + " in " + status(modgate));
  }

  private static List<String> clients(Path data) throws IOException {
    return ModgateProcess.audit(data).stream()
        .map(line -> line.replaceAll(".*\"client\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static void assertProtocol(ModgateProcess modgate, FakeModule module) throws IOException {
    String zip = ask(modgate.url(), "GET " + module.base() + ".zip HTTP/1.1");
    assertStatus(200, zip);
    assertHeader(zip, "Content-Type: application/zip");
    assertHeader(zip, "Content-Length: " + module.zip().length);
    assertHeader(zip, "ETag: \"" + module.zipH1() + "\"");
    assertHeader(
        zip,
        "Modgate-Verified: " + module.zipH1() + "; log=" + HermeticWorld.DATABASE + "; tree=1");
    assertHeader(zip, "Modgate-Mirror: honest");
    assertTrue(zip.matches("(?s).*\\r\\nModgate-Trace: [0-9a-f]{32}\\r\\n.*"));
    assertEquals(new String(module.zip(), ISO_8859_1), body(zip));

    String head = ask(modgate.url(), "HEAD " + module.base() + ".zip HTTP/1.1");
    assertStatus(200, head);
    assertHeader(head, "Content-Length: " + module.zip().length);
    assertHeader(head, "Modgate-Mirror: store");
    assertEquals("", body(head));

    String etag = "If-None-Match: \"" + module.zipH1() + "\"";
    assertStatus(304, ask(modgate.url(), "GET " + module.base() + ".zip HTTP/1.1", etag));

    String mod = ask(modgate.url(), "GET " + module.base() + ".mod HTTP/1.1");
    assertHeader(mod, "Content-Type: text/plain; charset=utf-8");
    String info = ask(modgate.url(), "GET " + module.base() + ".info HTTP/1.1");
    assertHeader(info, "Content-Type: application/json");
    String supported = "/sumdb/" + HermeticWorld.DATABASE + "/supported";
    assertStatus(200, ask(modgate.url(), "GET " + supported + " HTTP/1.1"));
    assertStatus(404, ask(modgate.url(), "GET /wire.test/none/@latest HTTP/1.1"));
  }

  private static void assertAttacksAreTurnedAway(ModgateProcess modgate, FakeModule module)
      throws IOException {
    String url = modgate.url();
    String get = "GET " + module.base() + ".mod HTTP/1.1";
    for (String method : List.of("POST", "PUT", "TRACE", "CONNECT", "OPTIONS", "get", "X")) {
      String answer = ask(url, method + " " + module.base() + ".mod HTTP/1.1");
      assertTrue(List.of(400, 405).contains(status(answer)), method + ": " + answer);
    }
    assertHeader(ask(url, "POST / HTTP/1.1"), "Allow: GET, HEAD");
    for (String header :
        List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity",
            "Content-Length: 5",
            "Content-Length: -1",
            "Content-Length: +0",
            "Content-Length: 0\r\nContent-Length: 5",
            "Content-Length: 0\r\nTransfer-Encoding: chunked",
            "Authorization: a\r\nAuthorization: b",
            "Host: again.test",
            "Bad Header: x",
            "Header : x")) {
      String answer = ask(url, get, header);
      assertEquals(400, status(answer), header + ": " + answer);
    }
    assertStatus(417, ask(url, get, "Expect: 100-continue"));
    assertStatus(400, raw(url, get + "\r\nConnection: close\r\n\r\n"));
    assertStatus(400, raw(url, get + "\r\nHost: \r\nConnection: close\r\n\r\n"));
    for (String target :
        List.of(
            "/wire.test/../m/@v/list",
            "/wire.test/%2e%2e/m/@v/list",
            "/wire.test%2fm/@v/list",
            "/wire.test/m;x=1/@v/list",
            "/wire.test/m/@v/v1.0.0.mod?x=1",
            "/wire.test/%2521m/@v/list",
            "/wire.test/m%00/@v/list",
            "/~a",
            "/~/wire.test/m/@v/list",
            "/~a/~b/wire.test/m/@v/list",
            "/~a.b/wire.test/m/@v/list",
            "/~a;x/wire.test/m/@v/list",
            "/%7Ea/wire.test/m/@v/list",
            "http://other.test/wire.test/m/@v/list")) {
      assertEquals(400, status(ask(url, "GET " + target + " HTTP/1.1")), target);
    }
    assertStatus(403, ask(url, "GET /sumdb/evil.test/latest HTTP/1.1"));
    assertStatus(403, ask(url, "GET /~a/sumdb/evil.test/latest HTTP/1.1"));
    assertStatus(200, ask(url, "GET /~a" + module.base() + ".mod HTTP/1.1"));
    String longTarget = "GET /wire.test/" + "a/".repeat(5000) + "@v/list HTTP/1.1";
    assertTrue(List.of(400, 414).contains(status(ask(url, longTarget))));
    assertTooLarge(url, get, "X: " + "x".repeat(17 * 1024));
    assertTooLarge(url, get, "X: 1\r\n".repeat(60) + "Y: 1");
  }

  /** Undertow answers 400 or hangs up; both end the request. */
  private static void assertTooLarge(String url, String request, String header) throws IOException {
    String answer = ask(url, request, header);
    assertTrue(answer.isEmpty() || List.of(400, 431).contains(status(answer)), answer);
  }

  private static void assertListenersAreApart(ModgateProcess modgate) throws IOException {
    assertStatus(404, ask(modgate.url(), "GET /healthz HTTP/1.1"));
    assertStatus(404, ask(modgate.url(), "GET /status HTTP/1.1"));
    assertStatus(404, ask(modgate.url(), "GET /metrics HTTP/1.1"));
    assertStatus(200, ask(modgate.admin(), "GET /healthz HTTP/1.1"));
    assertTrue(ask(modgate.admin(), "GET /metrics HTTP/1.1").contains("modgate_mirror_health{"));
    assertStatus(200, ask(modgate.admin(), "GET /readyz HTTP/1.1"));
    assertStatus(200, ask(modgate.admin(), "GET /status HTTP/1.1"));
    assertStatus(200, ask(modgate.admin(), "GET /builds/a HTTP/1.1"));
    assertStatus(404, ask(modgate.url(), "GET /builds/a HTTP/1.1"));
    for (String build : List.of("", "b", "a/", "~a", "a.b", "%61", "a".repeat(65))) {
      assertStatus(404, ask(modgate.admin(), "GET /builds/" + build + " HTTP/1.1"));
    }
    assertStatus(404, ask(modgate.admin(), "GET /wire.test/m/@v/list HTTP/1.1"));
  }

  private static String ask(String url, String requestLine, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return raw(url, requestLine + "\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n");
  }

  /** All that comes back until the other side hangs up. */
  private static String raw(String url, String request) throws IOException {
    URI uri = URI.create(url);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(readAll(socket.getInputStream()), ISO_8859_1);
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (java.net.SocketException e) {
      // Reset behind the answer: what came before counts.
    }
    return all.toByteArray();
  }

  private static void assertStatus(int status, String answer) {
    assertEquals(status, status(answer), answer);
  }

  private static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  private static void assertHeader(String answer, String header) {
    assertTrue(answer.contains("\r\n" + header + "\r\n"), header + " in " + answer);
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
