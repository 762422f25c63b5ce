package dev.modgate.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import dev.modgate.fake.LeakDetector;
import dev.modgate.fake.LeakDetector.Encoding;
import dev.modgate.fake.OtlpCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random secrets go into a real modgate by every door and in every encoding, while it serves good
 * and bad requests, says everything that it can say, and exports all three signals. None comes out
 * on any surface, and on each one a planted secret is noticed. {@code -Ddocs.apply=true} writes the
 * table into the documentation.
 */
@Timeout(1200)
final class CanaryIT {

  private static final String CLIENT =
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @TempDir Path folder;

  private final long seed = new SecureRandom().nextLong();
  private final Map<CanaryDoor, LeakDetector> canaries = canaries(seed);
  private final String beacon = beacon(new SplittableRandom(seed));

  private final List<byte[]> heads = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private final Map<Encoding, List<FakeModule>> modules = new EnumMap<>(Encoding.class);

  @Test
  void everySurface_whileEverythingIsAskedAtTrace_holdsNoSecret() throws Exception {
    try (HermeticWorld world = new HermeticWorld(folder);
        OtlpCollector collector = new OtlpCollector();
        CanaryEndpoint endpoint = new CanaryEndpoint(encodings(CanaryDoor.TRAFFIC_TOKEN));
        CanaryMirror keyed = new CanaryMirror(canaries, List.of(CanaryDoor.MIRROR_URL_PASSWORD));
        CanaryMirror tokened = new CanaryMirror(canaries, List.of(CanaryDoor.MIRROR_TOKEN_FILE));
        CanaryMirror logged =
            new CanaryMirror(
                canaries, List.of(CanaryDoor.LOGIN_PASSWORD, CanaryDoor.LOGIN_TOKEN))) {
      publish(world, keyed);
      collector.refuse(encodings(CanaryDoor.COLLECTOR_HEADER));
      Path config = config(world, List.of(keyed, tokened, logged), endpoint);
      ModgateProcess modgate =
          ModgateProcess.serve(world.data("data"), config, environment(collector));
      CanarySurfaces surfaces = new CanarySurfaces();
      try {
        ask(modgate, collector, endpoint);
        admin(modgate, surfaces);
        threads(modgate, surfaces);
      } finally {
        modgate.close();
      }
      collect(world, modgate, collector, endpoint, surfaces);
      assertDoorsWereOpen(keyed, tokened, logged, endpoint);
      judge(surfaces);
    }
  }

  private void judge(CanarySurfaces surfaces) throws IOException {
    CanaryReport report = new CanaryReport(surfaces.search(canaries));
    Files.writeString(CanaryReport.ARTIFACT, report.text() + "\nSeed: " + seed + "\n");
    assertEquals(
        List.of(),
        report.hits() == 0 ? List.of() : surfaces.excerpts(canaries),
        () -> "seed " + seed + "\n" + report.leaks());
    assertEquals(report.searches(), report.controls(), report::text);
    if (Boolean.getBoolean("docs.apply")) {
      report.apply();
    }
    assertEquals(CanaryReport.committed(), report.text(), "run with -Ddocs.apply=true");
  }

  private void publish(HermeticWorld world, CanaryMirror keyed) {
    for (Encoding encoding : Encoding.values()) {
      List<FakeModule> published = new ArrayList<>();
      for (String kind : List.of("good", "error")) {
        published.add(world.publish(module(kind, encoding) + "@v1.0.0"));
      }
      // Nobody else has these: mirrors that are unwell are asked for them, too.
      for (String kind : List.of("lie", "denied", "signed")) {
        published.add(new FakeModule(module(kind, encoding) + "@v1.0.0").in(world.log));
      }
      FakeModule signed = published.getLast();
      keyed.serveSigned(signed.base() + ".zip", signed.zip());
      modules.put(encoding, published);
    }
  }

  private static String module(String kind, Encoding encoding) {
    return "canary.test/" + kind + "-" + encoding.name().toLowerCase(Locale.ROOT);
  }

  private Path config(HermeticWorld world, List<CanaryMirror> mirrors, CanaryEndpoint endpoint)
      throws IOException {
    Path token = file("mirror-token", CanaryDoor.MIRROR_TOKEN_FILE);
    Path login = file("login", CanaryDoor.LOGIN_PASSWORD);
    Path traffic = file("traffic-token", CanaryDoor.TRAFFIC_TOKEN);
    String patient =
        "breaker: {window: 10000}, lies: {most: 1000},"
            + " timeouts: {connect: 2s, first-byte: 20s, idle: 20s, total: 60s}";
    return Files.writeString(
        folder.resolve("modgate.yaml"),
        """
        goproxy: "keyed|tokened|%s|logged"
        order: listed
        hedge: {enabled: false}
        sumdb: ["%s"]
        sumdb-timeout: 20s
        log: {level: trace, format: json}
        mirror-traffic: {url: %s, token: {file: %s}}
        mirrors:
          keyed: {url: "http://ali:%s@%s", %9$s}
          tokened: {url: "http://%s", credentials: {bearer: {file: %s}}, %9$s}
          logged:
            url: http://%10$s
            breaker: {window: 10000}
            lies: {most: 1000}
            credentials:
              login:
                endpoint: http://%10$s/api/login
                body: {file: %11$s}
                token: {header: X-Auth-Token}
          %1$s: {url: "%12$s", %9$s}
        """
            .formatted(
                beacon,
                world.log.keyText(),
                endpoint.url(),
                traffic,
                canary(CanaryDoor.MIRROR_URL_PASSWORD).encode(Encoding.PERCENT_ALL),
                mirrors.getFirst().authority(),
                mirrors.get(1).authority(),
                token,
                patient,
                mirrors.getLast().authority(),
                login,
                world.honest.baseUrl()));
  }

  private Path file(String name, CanaryDoor door) throws IOException {
    return Files.writeString(folder.resolve(name), canary(door).canary() + "\n");
  }

  private Map<String, String> environment(OtlpCollector collector) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        collector.endpoint(),
        "OTEL_EXPORTER_OTLP_HEADERS",
        "authorization=" + canary(CanaryDoor.COLLECTOR_HEADER).encode(Encoding.PERCENT_ALL),
        "OTEL_BSP_SCHEDULE_DELAY",
        "100",
        "OTEL_BLRP_SCHEDULE_DELAY",
        "100",
        "OTEL_BLRP_MAX_QUEUE_SIZE",
        "100000",
        "OTEL_METRIC_EXPORT_INTERVAL",
        "500");
  }

  private void ask(ModgateProcess modgate, OtlpCollector collector, CanaryEndpoint endpoint)
      throws Exception {
    RawClient client = new RawClient(modgate.url());
    for (int i = 0; i < 400 && !(collector.refusalsLeft() == 0 && endpoint.hasSaidAll()); i++) {
      ask(client, "/" + module("good", Encoding.PLAIN) + "/@v/list", Encoding.PLAIN);
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertEquals(0, collector.refusalsLeft(), "the collector has said all");
    assertTrue(endpoint.hasSaidAll(), "the endpoint has said all");
    for (Encoding encoding : Encoding.values()) {
      for (FakeModule module : modules.getOrDefault(encoding, List.of())) {
        for (String extension : List.of(".info", ".mod", ".zip")) {
          ask(client, module.base() + extension, encoding);
        }
      }
      String good = "/" + module("good", encoding) + "/@v/";
      ask(client, "/" + module("absent", encoding) + "/@v/v1.0.0.info", encoding);
      ask(client, "/" + module("absent", encoding) + "/@latest", encoding);
      ask(
          client,
          good + "v1.0.0.zip?token=" + canary(CanaryDoor.CLIENT_QUERY).encode(encoding),
          encoding);
      ask(client, good + canary(CanaryDoor.CLIENT_PATH).encode(encoding) + ".nonsense", encoding);
      ask(client, "/" + canary(CanaryDoor.CLIENT_PATH).encode(encoding), encoding);
      ask(
          client,
          "/sumdb/" + canary(CanaryDoor.CLIENT_PATH).encode(encoding) + "/latest",
          encoding);
    }
  }

  private void ask(RawClient client, String target, Encoding encoding) throws IOException {
    List<String> headers = new ArrayList<>(List.of(CLIENT));
    headers.add("Authorization: Bearer " + text(CanaryDoor.CLIENT_AUTHORIZATION, encoding));
    headers.add("Cookie: session=" + text(CanaryDoor.CLIENT_COOKIE, encoding));
    headers.add("User-Agent: " + text(CanaryDoor.CLIENT_USER_AGENT, encoding));
    headers.add("X-Forwarded-For: " + text(CanaryDoor.CLIENT_HEADER, encoding));
    headers.add("X-Token: " + text(CanaryDoor.CLIENT_HEADER, encoding));
    headers.add("tracestate: vendor=" + text(CanaryDoor.CLIENT_TRACE_STATE, encoding));
    headers.add("baggage: user=" + text(CanaryDoor.CLIENT_BAGGAGE, encoding));
    if (CanaryDoor.CLIENT_HEADER_NAME.carries(encoding)) {
      headers.add("X-" + text(CanaryDoor.CLIENT_HEADER_NAME, encoding) + ": 1");
    }
    RawClient.Answer answer = client.get(target, headers);
    heads.add(answer.head().getBytes(ISO_8859_1));
    bodies.add(answer.body().getBytes(ISO_8859_1));
  }

  private void admin(ModgateProcess modgate, CanarySurfaces surfaces) throws IOException {
    RawClient client = new RawClient(modgate.admin());
    surfaces.add("`/metrics`", page(client, "/metrics", "text/plain"), beacon);
    surfaces.add(
        "`/metrics`, OpenMetrics",
        page(client, "/metrics", "application/openmetrics-text"),
        beacon);
    surfaces.add("`/status`", page(client, "/status", "*/*"), beacon);
    List<byte[]> others = new ArrayList<>();
    for (String path : List.of("/", "/healthz", "/readyz", "/nothing")) {
      others.addAll(page(client, path, "*/*"));
    }
    surfaces.add("other pages of the admin listener", others, "HTTP/1.1 200");
  }

  /** Asked with the same secrets. */
  private List<byte[]> page(RawClient client, String path, String accept) throws IOException {
    String token = text(CanaryDoor.CLIENT_AUTHORIZATION, Encoding.PLAIN);
    RawClient.Answer page =
        client.get(path, List.of("Accept: " + accept, "Authorization: Bearer " + token));
    return List.of(page.head().getBytes(ISO_8859_1), page.body().getBytes(ISO_8859_1));
  }

  /** While requests are under way. */
  private void threads(ModgateProcess modgate, CanarySurfaces surfaces) throws Exception {
    RawClient client = new RawClient(modgate.url());
    List<Thread> asking = new ArrayList<>();
    for (Encoding encoding : Encoding.values()) {
      asking.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.get(
                      "/" + module("gone", encoding) + "/@v/v1.0.0.zip",
                      List.of("Authorization: " + text(CanaryDoor.CLIENT_AUTHORIZATION, encoding)));
                } catch (IOException gone) {
                  // Only its thread is looked at.
                }
              }));
    }
    Path file = folder.resolve("threads.json");
    byte[] printed = jcmd(modgate, "Thread.print", "-l", "-e");
    jcmd(modgate, "Thread.dump_to_file", "-format=json", file.toString());
    for (Thread one : asking) {
      one.join();
    }
    surfaces.add("thread dump (`jcmd Thread.print -l -e`)", List.of(printed), "dev.modgate");
    surfaces.add(
        "thread dump (`jcmd Thread.dump_to_file`)", List.of(Files.readAllBytes(file)), "XNIO");
  }

  private static byte[] jcmd(ModgateProcess modgate, String... command) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    words.add(String.valueOf(modgate.pid()));
    words.addAll(List.of(command));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor(), new String(output, UTF_8));
    return output;
  }

  private void collect(
      HermeticWorld world,
      ModgateProcess modgate,
      OtlpCollector collector,
      CanaryEndpoint endpoint,
      CanarySurfaces surfaces)
      throws IOException {
    surfaces.add("OTLP traces, raw bytes", collector.bodies("/v1/traces"), beacon);
    surfaces.add("OTLP metrics, raw bytes", collector.bodies("/v1/metrics"), beacon);
    surfaces.add("OTLP logs, raw bytes", collector.bodies("/v1/logs"), "okhttp");
    List<byte[]> printed = modgate.output().lines().map(line -> line.getBytes(UTF_8)).toList();
    surfaces.add("standard output and error", printed, "\"level\":\"trace\"");
    surfaces.add("headers of answers", heads, "Modgate-Mirror: " + beacon);
    surfaces.add("bodies of answers", bodies, "modgate");
    surfaces.add("lines to the traffic endpoint", endpoint.lines(), beacon);
    Path audit = world.data("data").resolve("audit");
    surfaces.add("audit log", files(audit), beacon);
    surfaces.add(
        "all files of the data directory, and their names", files(world.data("data")), beacon);
  }

  /** What each secret was for has happened: its owner saw it. */
  private void assertDoorsWereOpen(
      CanaryMirror keyed, CanaryMirror tokened, CanaryMirror logged, CanaryEndpoint endpoint)
      throws IOException {
    String pair = "ali:" + canary(CanaryDoor.MIRROR_URL_PASSWORD).canary();
    String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    assertTrue(keyed.shown("Authorization", basic) > 100);
    String token = canary(CanaryDoor.MIRROR_TOKEN_FILE).canary();
    assertTrue(tokened.shown("Authorization", "Bearer " + token) > 100);
    assertTrue(logged.shown("X-Auth-Token", canary(CanaryDoor.LOGIN_TOKEN).canary()) > 100);
    assertEquals(
        List.of("Bearer " + canary(CanaryDoor.TRAFFIC_TOKEN).canary()),
        endpoint.authorizations().stream().distinct().toList());
    for (CanaryDoor door : List.of(CanaryDoor.REDIRECT_SIGNATURE, CanaryDoor.FOREIGN_TOKEN)) {
      assertTrue(keyed.echoes(door) >= Encoding.values().length, door + " " + keyed.echoes(door));
    }
    long refused =
        ModgateProcess.audit(folder.resolve("data")).stream()
            .filter(line -> line.contains("repeated a secret that it was shown"))
            .count();
    assertTrue(refused / 2 >= Encoding.values().length, "lies of mirrors: " + refused);
    assertTrue(
        bodies.stream().anyMatch(body -> new String(body, ISO_8859_1).contains("you showed")),
        "the words of a mirror came to a client");
    for (int status : List.of(200, 400, 404)) {
      assertTrue(
          heads.stream()
              .anyMatch(head -> new String(head, ISO_8859_1).contains(" " + status + " ")),
          () -> "an answer " + status);
    }
  }

  private static List<byte[]> files(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      List<byte[]> files = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.add(file.toString().getBytes(UTF_8));
        files.add(Files.readAllBytes(file));
      }
      return files;
    }
  }

  private List<String> encodings(CanaryDoor door) {
    return Stream.of(Encoding.values()).map(encoding -> text(door, encoding)).toList();
  }

  private String text(CanaryDoor door, Encoding encoding) {
    return canary(door).encode(encoding);
  }

  private LeakDetector canary(CanaryDoor door) {
    LeakDetector canary = canaries.get(door);
    if (canary == null) {
      throw new IllegalArgumentException("no canary for " + door);
    }
    return canary;
  }

  private static Map<CanaryDoor, LeakDetector> canaries(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<CanaryDoor, LeakDetector> canaries = new EnumMap<>(CanaryDoor.class);
    for (CanaryDoor door : CanaryDoor.values()) {
      canaries.put(door, LeakDetector.random(random));
    }
    // All of it may stand in a path.
    canaries.put(CanaryDoor.CLIENT_PATH, new LeakDetector(inPath(random)));
    return canaries;
  }

  /** Words of letters and digits, none of them long enough to look like a token. */
  private static String inPath(SplittableRandom random) {
    String letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    StringBuilder path = new StringBuilder("cA");
    for (int i = 0; i < 38; i++) {
      path.append(i % 8 == 7 ? '.' : letters.charAt(random.nextInt(letters.length())));
    }
    return path.append('x').toString();
  }

  /** The name of a mirror, which may be seen everywhere: it tells that a surface is live. */
  private static String beacon(SplittableRandom random) {
    StringBuilder name = new StringBuilder("beacon-");
    for (int i = 0; i < 12; i++) {
      name.append((char) ('a' + random.nextInt(26)));
    }
    return name.toString();
  }
}
