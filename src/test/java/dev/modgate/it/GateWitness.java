package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.fake.MemoryLogStore;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.Lookup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A client that knows what is true, and holds every gate on one data directory to what it and the
 * gates before it have said: what was served once is served for ever, and the tree head never goes
 * back. Safe for many threads.
 */
final class GateWitness {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Pattern WHOLE = Pattern.compile("\\{\"time\":\"[^\"]*\",.*\\}");

  private final FakeLog log;
  private final String database;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, byte[]> truth = new ConcurrentHashMap<>();
  private final Map<String, FakeModule> published = new ConcurrentHashMap<>();
  private final Set<String> served = ConcurrentHashMap.newKeySet();
  private final AtomicLong told = new AtomicLong();
  private Optional<byte[]> head = Optional.empty();

  GateWitness(FakeLog log, String database) {
    this.log = log;
    this.database = database;
  }

  void expect(FakeModule module) {
    truth.put(module.base() + ".info", module.info());
    truth.put(module.base() + ".mod", module.goMod());
    truth.put(module.base() + ".zip", module.zip());
    published.put(module.base(), module);
  }

  /** Paths of which the true bytes were served. */
  int served() {
    return served.size();
  }

  boolean wasServed(String path) {
    return served.contains(path);
  }

  /** The largest tree that a gate has spoken of. */
  long told() {
    return told.get();
  }

  /**
   * Asks for a file of a module. Only its true bytes and a 5xx with our words are right.
   *
   * @return the status
   * @throws IOException if the answer was cut off
   */
  int fetch(String gate, String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(gate, path);
    if (answer.statusCode() == 200) {
      assertArrayEquals(truth.get(path), answer.body(), path);
      answer.headers().firstValue("Modgate-Verified").ifPresent(this::note);
      served.add(path);
    } else {
      String words = path + ": " + answer.statusCode() + " " + new String(answer.body(), UTF_8);
      assertTrue(answer.statusCode() >= 502, words);
      assertTrue(words.contains("modgate could not get "), words);
    }
    return answer.statusCode();
  }

  /** The head is not back; everything that was served is served again, and proves in the log. */
  void assertStands(String gate) throws IOException, InterruptedException {
    if (told.get() > 0) {
      byte[] note = get(gate, "/sumdb/" + database + "/latest").body();
      long size = size(note);
      assertTrue(size >= told.get(), "the head went back from " + told + " to " + size);
      assertArrayEquals(log.note(size), note);
    }
    for (String path : served.stream().sorted().toList()) {
      HttpResponse<byte[]> answer = get(gate, path);
      String words = path + ": " + answer.statusCode() + " " + new String(answer.body(), UTF_8);
      assertEquals(200, answer.statusCode(), words);
      assertArrayEquals(truth.get(path), answer.body(), path);
    }
    assertProves(gate);
  }

  /** As a go command that has seen an earlier head: with nothing but the gate's tiles. */
  private void assertProves(String gate) {
    MemoryLogStore memory = new MemoryLogStore();
    memory.tamperHead(head);
    RecordingLogEvents events = new RecordingLogEvents();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ChecksumDatabase client =
          new ChecksumDatabase(log.key(), memory, () -> List.of(new Relay(gate)), events, threads);
      published.forEach((base, module) -> {
        if (served.contains(base + ".zip")) {
          assertLogged(client.lookup(module.version()), module);
        }
      });
      if (told.get() > 0) {
        client.refresh();
      }
      head = memory.head();
      told.accumulateAndGet(client.treeSize(), Math::max);
    }
    assertEquals(List.of(), events.forks());
    assertEquals(List.of(), events.refuted());
  }

  private static void assertLogged(Lookup lookup, FakeModule module) {
    ModuleVersion version = module.version();
    if (lookup instanceof Lookup.Found found) {
      assertEquals(Optional.of(module.zipH1()), found.zip(), version.toString());
      assertEquals(Optional.of(module.goModH1()), found.goMod(), version.toString());
    } else {
      fail(version + ": " + lookup);
    }
  }

  private void note(String verified) {
    int tree = verified.indexOf("; tree=");
    assertTrue(tree > 0, verified);
    long size = Long.parseLong(verified.substring(tree + "; tree=".length()));
    told.accumulateAndGet(size, Math::max);
  }

  /** Of the tree that a note is about. */
  static long size(byte[] note) {
    return Long.parseLong(new String(note, UTF_8).lines().skip(1).findFirst().orElse("0"));
  }

  /** Lines of the audit log that were cut off; each must be followed by one that says so. */
  static long assertAuditIsReadable(Path data) throws IOException {
    List<String> lines = ModgateProcess.audit(data);
    long torn = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!WHOLE.matcher(line).matches()) {
        torn++;
        boolean last = i == lines.size() - 1;
        assertTrue(last || lines.get(i + 1).endsWith("\"verdict\":\"torn\"}"), "torn: " + line);
      }
      assertTrue(line.lastIndexOf("{\"time\":") <= 0, "two lines in one: " + line);
    }
    return torn;
  }

  /** Of an answer about nothing that is served. */
  int status(String listener, String path) throws IOException, InterruptedException {
    return get(listener, path).statusCode();
  }

  private HttpResponse<byte[]> get(String gate, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(gate + path)).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private final class Relay implements LogSource {
    private final String gate;

    Relay(String gate) {
      this.gate = gate;
    }

    @Override
    public String name() {
      return "gate";
    }

    @Override
    public Answer get(String path) {
      try {
        HttpResponse<byte[]> answer = GateWitness.this.get(gate, "/sumdb/" + database + path);
        String text = new String(answer.body(), UTF_8);
        return switch (answer.statusCode()) {
          case 200 -> new Answer.Body(answer.body());
          case 404, 410 -> new Answer.Missing(answer.statusCode(), text);
          default -> new Answer.Failed(answer.statusCode() + " " + text);
        };
      } catch (IOException e) {
        return new Answer.Failed(e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Answer.Failed("interrupted");
      }
    }
  }
}
