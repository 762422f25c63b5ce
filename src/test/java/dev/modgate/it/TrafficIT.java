package dev.modgate.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real modgate, and an endpoint that is told what it served. */
final class TrafficIT {

  @TempDir Path folder;

  private final Random random = new Random(7);
  private final LeakDetector bearer = LeakDetector.random(random);
  private final LeakDetector query = LeakDetector.random(random);
  private final LeakDetector password = LeakDetector.random(random);

  /** Every answer that was got, as its line should tell it. */
  private final List<String> answers = new ArrayList<>();

  @Test
  void endpoint_isToldOfEveryAnswerOnceAndOfNoSecret() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        AuditEndpoint endpoint = new AuditEndpoint()) {
      String userInfo = "ali:" + password.encode(LeakDetector.Encoding.PERCENT_ALL) + "@";
      Map<String, String> environment = to(endpoint.variable(userInfo), "4096");
      ModgateProcess modgate = world.serve("data", "honest", environment, "");
      try {
        askEverything(world, modgate.url());
        AuditEndpoint.awaitStatus(
            modgate, "\"sent\":" + answers.size() + ",\"dropped\":0,\"rejected\":0,");
      } finally {
        modgate.close();
      }
      assertToldOnce(endpoint.lines());
      for (LoggedRequest request : endpoint.requests()) {
        assertTrue(request.getHeader("Authorization").startsWith("Basic "));
      }
      assertNoSecret(endpoint.batches(), modgate.output().getBytes(UTF_8));
    }
  }

  /** Asked last, ended at once: what waits in the queue is sent before the process is gone. */
  @Test
  void close_linesWait_areSent() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        AuditEndpoint endpoint = new AuditEndpoint()) {
      Map<String, String> environment = to(endpoint.variable(""), "4096");
      try (ModgateProcess modgate = world.serve("data", "honest", environment, "")) {
        for (int i = 0; i < 20; i++) {
          ask(modgate.url(), "GET", "/traffic.test/none" + i + "/@latest", "");
        }
      }
      assertToldOnce(endpoint.lines());
    }
  }

  /** An endpoint that accepts connections and says nothing; two places in the queue. */
  @Test
  @Timeout(300)
  void answers_endpointIsSilent_areServedAndCountedAsDropped() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        RawServer silent = RawServer.fallingSilentAfter("")) {
      FakeModule module = world.publish("traffic.test/m@v1.0.0");
      Map<String, String> environment =
          to(Map.entry("MODGATE_MIRROR_TRAFFIC_URL", silent.url() + "/lines"), "2");
      try (ModgateProcess modgate = world.serve("data", "honest", environment, "")) {
        for (int i = 0; i < 50; i++) {
          String answer = ask(modgate.url(), "GET", module.base() + ".zip", "");
          assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
        AuditEndpoint.awaitStatus(
            modgate, "\"sent\":0,\"dropped\":48,\"rejected\":0,\"queued\":2,");
      }
    }
  }

  private static Map<String, String> to(Map.Entry<String, String> url, String queue) {
    return Map.ofEntries(
        url,
        Map.entry("MODGATE_MIRROR_TRAFFIC_TIMEOUT", "30s"),
        Map.entry("MODGATE_MIRROR_TRAFFIC_QUEUE", queue));
  }

  private void askEverything(HermeticWorld world, String url) throws IOException {
    FakeModule module = world.publish("traffic.test/m@v1.0.0");
    FakeModule unlogged = new FakeModule("traffic.test/unlogged@v1.0.0");
    HermeticWorld.serve(world.honest, unlogged);
    for (String extension : List.of(".info", ".mod", ".zip", ".zip")) {
      ask(url, "GET", module.base() + extension, "");
    }
    ask(url, "HEAD", module.base() + ".zip", "");
    ask(url, "GET", module.base() + ".zip", "If-None-Match: \"" + module.zipH1() + "\"\r\n");
    ask(url, "GET", unlogged.base() + ".zip", "");
    ask(url, "GET", "/traffic.test/none/@latest", "");
    ask(url, "GET", "/sumdb/" + HermeticWorld.DATABASE + "/supported", "");
    ask(url, "GET", module.base() + ".zip?token=" + percent(query), "");
    ask(url, "GET", "/traffic.test/m;" + percent(query) + "/@v/list", "");
    ask(url, "GET", "/not-of-the-protocol/" + percent(query), "");
    ask(url, "GET", "/sumdb/" + percent(query) + "/latest", "");
    ask(url, "POST", module.base() + ".zip", "");
    ask(url, query.canary().replaceAll("[^A-Za-z0-9]", ""), module.base() + ".zip", "");
  }

  private static String percent(LeakDetector secret) {
    return secret.encode(LeakDetector.Encoding.PERCENT_ALL);
  }

  /** Sends one request with secrets in its headers, and notes what came back. */
  private String ask(String url, String method, String target, String header) throws IOException {
    URI uri = URI.create(url);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(60_000);
      String head =
          "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n"
              .formatted(method, target, bearer.canary(), header);
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      answers.add(expected(method, target, answer));
      return answer;
    }
  }

  /** The path only if the request came as far as a trace of its own. */
  private static String expected(String method, String target, String answer) {
    String trace = header(answer, "Modgate-Trace");
    String known = List.of("GET", "HEAD").contains(method) ? method : "OTHER";
    int body = answer.length() - answer.indexOf("\r\n\r\n") - 4;
    String h1 = header(answer, "Modgate-Verified").replaceAll(";.*", "");
    return String.join(
        " ",
        known,
        trace.isEmpty() ? "-" : target,
        answer.substring(9, 12),
        String.valueOf(body),
        h1.isEmpty() ? "-" : h1,
        header(answer, "Modgate-Mirror"),
        trace);
  }

  private static String header(String answer, String name) {
    return answer
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  private void assertToldOnce(List<AuditEndpoint.Line> lines) {
    assertEquals(
        LongStream.rangeClosed(1, answers.size()).boxed().toList(),
        lines.stream().map(line -> Long.valueOf(line.text("number"))).sorted().toList());
    assertEquals(
        answers.stream().sorted().toList(), lines.stream().map(TrafficIT::told).sorted().toList());
    assertEquals(1, lines.stream().map(line -> line.text("run")).distinct().count());
    assertTrue(lines.stream().allMatch(line -> line.text("client").equals("127.0.0.1")));
  }

  private static String told(AuditEndpoint.Line line) {
    String path = line.text("path");
    String h1 = line.text("h1");
    return String.join(
        " ",
        line.text("method"),
        path.isEmpty() ? "-" : path,
        line.text("status"),
        line.text("bytes"),
        h1.isEmpty() ? "-" : h1,
        line.text("mirror"),
        line.text("trace"));
  }

  private void assertNoSecret(List<byte[]> bodies, byte[] output) {
    List<byte[]> searched = new ArrayList<>(bodies);
    searched.add(output);
    for (LeakDetector detector : List.of(bearer, query, password)) {
      assertEquals(List.of(), detector.search(searched));
      List<byte[]> planted = new ArrayList<>(searched);
      planted.add(("{\"path\":\"/x?" + percent(detector) + "\"}").getBytes(UTF_8));
      assertFalse(detector.search(planted).isEmpty(), "a planted leak is found");
    }
  }
}
