package dev.modgate.pipeline;

import dev.modgate.admission.Admission;
import dev.modgate.audit.AuditLog;
import dev.modgate.chain.Arrivals;
import dev.modgate.chain.Failure;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorChain;
import dev.modgate.chain.MirrorObserver;
import dev.modgate.chain.MirrorRequest;
import dev.modgate.chain.Mirrors;
import dev.modgate.chain.Payload;
import dev.modgate.chain.ProxyList;
import dev.modgate.chain.Reply;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.FakeModule;
import dev.modgate.protocol.Request;
import dev.modgate.store.AnswerStore;
import dev.modgate.store.ArtifactStore;
import dev.modgate.store.DataDirectory;
import dev.modgate.store.DiskLogStore;
import dev.modgate.store.Quarantine;
import dev.modgate.verify.Verifier;
import dev.modgate.verify.module.ModulePatterns;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.LogEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Every room below the edge for real, between two mirrors that do as they are told and a log. */
final class World implements AutoCloseable {

  final FakeLog log = new FakeLog("log.test", 7);
  final ScriptedMirror first = new ScriptedMirror("first");
  final ScriptedMirror second = new ScriptedMirror("second");
  Instant now = Instant.parse("2026-06-01T00:00:00Z");
  long nanos;
  boolean trusted = true;

  private final Path data;
  private final ModulePatterns unlogged;
  private final ModulePatterns confidential;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final DataDirectory directory;
  private final AuditLog audit;
  private final Mirrors mirrors;
  private final Pipeline pipeline;

  /** Bytes of a file that come in at a time. */
  private static final int PIECE = 8 << 10;

  final Ledger ledger;

  World(Path data) throws IOException {
    this(data, List.of(), List.of());
  }

  World(Path data, List<String> gonosumdb, List<String> goprivate) throws IOException {
    this.data = data;
    this.unlogged = ModulePatterns.of(gonosumdb);
    this.confidential = ModulePatterns.of(goprivate);
    this.directory = DataDirectory.open(data, () -> now);
    this.audit = new AuditLog(directory.audit(), () -> now);
    this.mirrors =
        new Mirrors(
            new Mirrors.Surroundings(
                directory::newTemporary,
                Optional::empty,
                MirrorObserver.NOBODY,
                threads,
                () -> now));
    this.ledger = new Ledger(audit);
    this.pipeline = pipeline();
  }

  /** A process that begins anew on the same data directory. */
  World restarted() throws IOException {
    close();
    World next = new World(data);
    next.first.modules.putAll(first.modules);
    next.second.modules.putAll(second.modules);
    return next;
  }

  private Pipeline pipeline() throws IOException {
    ProxyList list =
        new ProxyList(
            List.of(
                new ProxyList.Ask("first", ProxyList.Separator.PIPE),
                new ProxyList.Ask("second", ProxyList.Separator.COMMA)));
    MirrorChain chain =
        mirrors.chain(
            list,
            Map.of("first", first, "second", second),
            Set.of("second"),
            new MirrorChain.Rules(Duration.ofMinutes(1), false, Optional.empty()));
    ChecksumDatabase database =
        new ChecksumDatabase(
            log.key(),
            new DiskLogStore(directory, "log.test"),
            () -> List.of(log),
            LogEvents.NONE,
            threads);
    Verifier verifier = new Verifier(database, threads);
    AnswerStore answers = new AnswerStore(directory, () -> now);
    Flights flights = new Flights(threads, Duration.ofMinutes(1));
    AbsentAnswers absent = new AbsentAnswers(() -> now, Duration.ofSeconds(10));
    return new Pipeline(
        new Admission(unlogged, confidential),
        new Artifacts(
            new ArtifactStore(directory),
            new Quarantine(directory, () -> now),
            chain,
            verifier,
            ledger,
            flights,
            new Unwatched()),
        new Infos(answers, chain, verifier, ledger, flights),
        new Answers(answers, chain, ledger, flights, Duration.ofMinutes(1), absent),
        new LogRelay(Map.of("log.test", database)),
        ledger,
        new AtHand(() -> trusted && verifier.alarm().isEmpty(), () -> nanos));
  }

  Outcome ask(Request request) throws InterruptedException {
    return pipeline.answer(request, client());
  }

  Optional<Outcome> askAtOnce(Request request) {
    return pipeline.answerAtOnce(request, client());
  }

  private static Client client() {
    return new Client("0".repeat(31) + "1", "192.0.2.1", "anonymous", Optional.empty());
  }

  Path file(String name) {
    return data.resolve(name);
  }

  /** All audit lines so far; nothing can be asked afterwards. */
  List<String> audit() throws IOException {
    audit.close();
    Path file = data.resolve("audit/audit.jsonl");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  int evidence() throws IOException {
    try (var pieces = Files.list(data.resolve("quarantine"))) {
      return (int) pieces.count();
    }
  }

  @Override
  public void close() {
    audit.close();
    mirrors.close();
    threads.close();
  }

  /** A mirror that serves modules, until it is told otherwise. */
  final class ScriptedMirror implements Mirror {
    final Map<String, byte[]> modules = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile boolean down;
    volatile Optional<CountDownLatch> held = Optional.empty();

    private final String name;

    ScriptedMirror(String name) {
      this.name = name;
    }

    void serve(FakeModule module) {
      modules.put(module.base() + ".info", module.info());
      modules.put(module.base() + ".mod", module.goMod());
      modules.put(module.base() + ".zip", module.zip());
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Reply get(MirrorRequest request) {
      asked.add(request.path());
      held.ifPresent(ScriptedMirror::await);
      if (down) {
        return new Reply.Failed(new Failure.Unreachable("no connection"));
      }
      return Optional.ofNullable(modules.get(request.path()))
          .<Reply>map(body -> new Reply.Content(payload(request, body), Duration.ZERO))
          .orElseGet(() -> new Reply.NotThere(404, "not found"));
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private Payload payload(MirrorRequest request, byte[] body) {
      try {
        return switch (request.delivery()) {
          case MEMORY -> new Payload.InMemory(body);
          case FILE -> spooled(request.arrivals(), body);
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** As a mirror over HTTP does: a file that grows, and is told to do so. */
  private Payload spooled(Arrivals arrivals, byte[] body) throws IOException {
    Path file = directory.newTemporary();
    Arrivals.Arrival arrival = arrivals.of(file);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int at = 0; at < body.length; at += PIECE) {
        int length = Math.min(PIECE, body.length - at);
        out.write(body, at, length);
        arrival.grown(at + length);
      }
    }
    return new Payload.Spooled(file, body.length);
  }

  private static final class Unwatched implements Steps {
    @Override
    public <T, E extends Exception> T in(Step step, Work<T, E> work) throws E {
      return work.run();
    }
  }
}
