package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.MemoryLogStore;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.Lookup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two mirrors that relay a log. One that is silent answers nothing until it is told to stop: so
 * whatever is answered here was not waited for.
 */
final class HedgedLogTest {

  private static final String PREFIX = "/sumdb/log.test";
  private static final String MODULE = "example.test/logged@v1.0.0";
  private static final String LOOKUP = "/lookup/" + MODULE;
  private static final Reply ABSENT = new Reply.NotThere(404, "not there");
  private static final Reply OUTRUN = new Reply.Failed(new Failure.Outrun());

  private final ChainWorld world = new ChainWorld();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeLog log = new FakeLog("log.test", 3);
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  HedgedLogTest() {
    for (int i = 0; i < 600; i++) {
      log.add(i == 77 ? MODULE : "example.test/m" + i + "@v1.0.0");
    }
  }

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void get_firstAnswersAtOnce_isAskedAlone() {
    List<LogSource> sources =
        pair(relay("a", HedgedLogTest::isNothing), relay("b", HedgedLogTest::isNothing));
    assertInstanceOf(LogSource.Answer.Body.class, sources.getFirst().get(LOOKUP));
    assertEquals(List.of("a", "b"), names(sources));
    assertEquals(List.of("a " + LOOKUP), List.copyOf(asked));
  }

  @Test
  void get_firstIsSilentForLookups_theSecondAnswersAndBearsTheName() {
    List<LogSource> sources =
        pair(relay("a", HedgedLogTest::isLookup), relay("b", HedgedLogTest::isNothing));
    assertInstanceOf(LogSource.Answer.Body.class, sources.getFirst().get(LOOKUP));
    assertEquals(List.of("b", "a"), names(sources));
    asked.clear();
    assertInstanceOf(LogSource.Answer.Body.class, sources.getFirst().get("/latest"));
    assertEquals(List.of("b /latest"), List.copyOf(asked));
  }

  @Test
  void get_firstIsSilentForTiles_isLeftForTheSecond() {
    List<LogSource> sources =
        pair(relay("a", HedgedLogTest::isTile), relay("b", HedgedLogTest::isNothing));
    assertInstanceOf(LogSource.Answer.Body.class, sources.getFirst().get(LOOKUP));
    assertEquals(
        new LogSource.Answer.Failed("slower than b"), sources.getFirst().get("/tile/8/0/000"));
    assertEquals(List.of("a", "b"), names(sources));
    assertInstanceOf(LogSource.Answer.Body.class, sources.getLast().get("/tile/8/0/000"));
  }

  @Test
  void get_secondHasNothing_waitsForTheFirstAndDoesNotAskItAgain() {
    CompletableFuture<Thread> second = new CompletableFuture<>();
    Mirror late =
        mirror(
            "a",
            request -> {
              awaitEnd(second.join()); // it has said what it has to say
              return request.turn().take() ? reply(request) : OUTRUN;
            });
    Mirror absent =
        mirror(
            "b",
            _ -> {
              second.complete(Thread.currentThread());
              return ABSENT;
            });
    List<LogSource> sources = pair(late, absent);
    assertInstanceOf(LogSource.Answer.Body.class, sources.getFirst().get(LOOKUP));
    assertEquals(List.of("a", "b"), names(sources));
    asked.clear();
    assertEquals(new LogSource.Answer.Missing(404, "not there"), sources.getLast().get(LOOKUP));
    assertEquals(List.of(), List.copyOf(asked));
  }

  @Test
  void get_firstFails_theSecondIsAskedWithTheDeadlineOfTheLast() {
    Mirror broken = mirror("a", _ -> new Reply.Failed(new Failure.Unreachable("no connection")));
    Mirror last =
        mirror(
            "b",
            request -> {
              assertEquals(Optional.of(Duration.ofSeconds(75)), request.firstByte());
              return reply(request);
            });
    List<LogSource> sources = pair(broken, last);
    assertEquals(new LogSource.Answer.Failed("no connection"), sources.getFirst().get(LOOKUP));
    assertInstanceOf(LogSource.Answer.Body.class, sources.getLast().get(LOOKUP));
  }

  @Test
  void lookup_firstIsSilent_isProvenByTheSecond() {
    RecordingLogEvents events = new RecordingLogEvents();
    assertFound(
        database(
            events, relay("a", HedgedLogTest::isLookup), relay("b", HedgedLogTest::isNothing)));
    assertEquals(List.of(), events.refuted());
  }

  @Test
  void lookup_firstIsSilentForTiles_isProvenByTheSecond() {
    RecordingLogEvents events = new RecordingLogEvents();
    assertFound(
        database(events, relay("a", HedgedLogTest::isTile), relay("b", HedgedLogTest::isNothing)));
    assertEquals(List.of(), events.refuted());
  }

  @Test
  void lookup_firstIsSilentAndTheSecondLies_namesTheSecondAndProvesByTheThird() {
    RecordingLogEvents events = new RecordingLogEvents();
    Mirror honest = relay("c", HedgedLogTest::isNothing);
    List<LogSource> sources = pair(silentInTheRace("a"), liar("b"));
    ChecksumDatabase database =
        new ChecksumDatabase(
            log.key(),
            new MemoryLogStore(),
            () -> List.of(sources.getFirst(), endpoint(honest)),
            events,
            threads);
    assertFound(database);
    assertEquals(List.of("b"), events.refuted());
  }

  @Test
  void lookup_secondWinsWithALie_isProvenByTheFirstOnceItIsAskedAlone() {
    RecordingLogEvents events = new RecordingLogEvents();
    assertFound(database(events, silentInTheRace("a"), liar("b")));
    assertEquals(List.of("b"), events.refuted());
  }

  @Test
  void lookup_firstLiesAtOnce_namesTheFirst() {
    RecordingLogEvents events = new RecordingLogEvents();
    assertFound(database(events, liar("a"), relay("b", HedgedLogTest::isNothing)));
    assertEquals(List.of("a"), events.refuted());
  }

  private static void assertFound(ChecksumDatabase database) {
    assertInstanceOf(Lookup.Found.class, database.lookup(ModuleVersion.parse(MODULE).orThrow()));
  }

  private ChecksumDatabase database(RecordingLogEvents events, Mirror first, Mirror second) {
    return new ChecksumDatabase(
        log.key(), new MemoryLogStore(), () -> pair(first, second), events, threads);
  }

  private List<LogSource> pair(Mirror first, Mirror second) {
    for (int i = 0; i < 20; i++) {
      world.state("a").answered(Duration.ofNanos(1), 1);
      world.state("b").answered(Duration.ofNanos(1), 1);
    }
    Hedge hedge = new Hedge(world::state, Optional.of(Duration.ofMillis(20)), threads);
    return new HedgedLog(endpoint(first).hasty(), endpoint(second), hedge).inOrder();
  }

  private static LogEndpoint endpoint(Mirror mirror) {
    return new LogEndpoint(mirror, PREFIX, Optional.of(Duration.ofSeconds(75)));
  }

  private static List<String> names(List<LogSource> sources) {
    return sources.stream().map(LogSource::name).toList();
  }

  private static boolean isNothing(String path) {
    return path.isEmpty();
  }

  private static boolean isLookup(String path) {
    return path.startsWith("/lookup/");
  }

  private static boolean isTile(String path) {
    return path.startsWith("/tile/");
  }

  /** Silent for some paths, however it is asked. */
  private Mirror relay(String name, Predicate<String> silent) {
    return mirror(
        name,
        request -> {
          if (silent.test(request.path().substring(PREFIX.length()))) {
            return untilStopped(request);
          }
          return request.turn().take() ? reply(request) : OUTRUN;
        });
  }

  private Mirror silentInTheRace(String name) {
    return mirror(
        name,
        request -> request.turn().equals(Turn.ALONE) ? reply(request) : untilStopped(request));
  }

  /** Its records are changed. */
  private Mirror liar(String name) {
    return mirror(
        name,
        request -> {
          if (!request.turn().take()) {
            return OUTRUN;
          }
          return request.path().startsWith(PREFIX + "/lookup/") ? lie(request) : reply(request);
        });
  }

  private Reply lie(MirrorRequest request) {
    byte[] body = ((LogSource.Answer.Body) log.get(path(request))).bytes();
    byte[] changed = Arrays.copyOf(body, body.length);
    changed[body.length / 4] ^= 1;
    return content(changed);
  }

  private Reply reply(MirrorRequest request) {
    return switch (log.get(path(request))) {
      case LogSource.Answer.Body(byte[] body) -> content(body);
      case LogSource.Answer.Missing(int status, String text) -> new Reply.NotThere(status, text);
      case LogSource.Answer.Failed(String reason) -> new Reply.Failed(new Failure.Broken(reason));
    };
  }

  private static String path(MirrorRequest request) {
    return request.path().substring(PREFIX.length());
  }

  private static Reply content(byte[] body) {
    return new Reply.Content(new Payload.InMemory(body), Duration.ZERO);
  }

  private static Reply untilStopped(MirrorRequest request) {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Turn.Watch _ = request.turn().onLost(stopped::countDown)) {
      await(stopped);
    }
    return OUTRUN;
  }

  private static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Mirror mirror(String name, Function<MirrorRequest, Reply> behaviour) {
    return new Mirror() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Reply get(MirrorRequest request) {
        asked.add(name + " " + path(request));
        return behaviour.apply(request);
      }
    };
  }
}
