package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.verify.sumdb.LogSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which sources of the database there are, and what is waited for to know it. */
final class RelayedDatabaseTest {

  private static final Reply YES =
      new Reply.Content(new Payload.InMemory(new byte[0]), Duration.ZERO);
  private static final Reply NO = new Reply.NotThere(404, "");
  private static final Reply DOWN = new Reply.Failed(new Failure.Unreachable("no connection"));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> unwell = new HashSet<>();
  private Instant now = Instant.parse("2026-06-01T00:00:00Z");

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void inOrder_mirrorsThatRelay_inTheOrderOfTheChain() {
    RelayedDatabase database =
        database(new Relay("a", YES), new Relay("b", NO), new Relay("c", YES));
    await(database, List.of("a", "c"));
  }

  @Test
  void inOrder_nobodyRelays_isTheDatabaseItself() {
    assertEquals(List.of("own"), names(database(new Relay("a", NO), new Relay("b", DOWN))));
  }

  @Test
  void inOrder_firstIsSilent_goesOnWithTheOther() {
    Relay silent = new Relay("silent", YES);
    silent.answers = new CountDownLatch(1);
    RelayedDatabase database = database(silent, new Relay("b", YES));
    assertEquals(List.of("b"), names(database));
    silent.answers.countDown();
    await(database, List.of("silent", "b"));
    assertEquals(1, silent.asked());
  }

  @Test
  void inOrder_onlyOneAndSlow_isWaitedFor() {
    Relay slow = new Relay("slow", YES);
    slow.pause = Duration.ofMillis(1500);
    assertEquals(List.of("slow"), names(database(slow)));
  }

  @Test
  void inOrder_wordIsOld_staysTrueUntilThereIsANewOne() {
    Relay relay = new Relay("a", YES);
    RelayedDatabase database = database(relay, new Relay("b", YES));
    await(database, List.of("a", "b"));
    relay.answers = new CountDownLatch(1);
    relay.reply = NO;
    now = now.plus(Duration.ofMinutes(10));
    assertEquals(List.of("a", "b"), names(database));
    relay.answers.countDown();
    await(database, List.of("b"));
  }

  @Test
  void inOrder_oneFails_isAskedAgainAfterFiveSeconds() {
    Relay relay = new Relay("a", DOWN);
    RelayedDatabase database = database(relay, new Relay("b", YES));
    assertEquals(List.of("b"), names(database));
    relay.reply = YES;
    assertEquals(List.of("b"), names(database));
    assertEquals(1, relay.asked());
    now = now.plus(Duration.ofSeconds(5));
    await(database, List.of("a", "b"));
  }

  @Test
  void inOrder_oneIsUnwell_isLastAndNotAskedWhetherItRelays() {
    Relay relay = new Relay("a", YES);
    Relay other = new Relay("b", YES);
    RelayedDatabase database = database(relay, other);
    await(database, List.of("a", "b"));
    unwell.add("a");
    now = now.plus(Duration.ofMinutes(10));
    assertEquals(List.of("b", "a"), names(database));
    assertEquals(1, relay.asked());
  }

  private RelayedDatabase database(Relay... relays) {
    return new RelayedDatabase(
        "log.test",
        List.of(relays),
        Optional.of(new Relay("own", YES)),
        Duration.ofSeconds(30),
        () -> now,
        mirror -> !unwell.contains(mirror),
        threads);
  }

  private static List<String> names(RelayedDatabase database) {
    return database.inOrder().stream().map(LogSource::name).toList();
  }

  private static void await(RelayedDatabase database, List<String> names) {
    while (!names(database).equals(names)) {
      Thread.onSpinWait();
    }
  }

  private static final class Relay implements Mirror {
    private final String name;
    private final List<String> paths = new ArrayList<>();
    private volatile Reply reply;
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private volatile Duration pause = Duration.ZERO;

    Relay(String name, Reply reply) {
      this.name = name;
      this.reply = reply;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Reply get(MirrorRequest request) {
      synchronized (paths) {
        paths.add(request.path());
      }
      try {
        answers.await();
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return reply;
    }

    int asked() {
      synchronized (paths) {
        assertEquals(Set.of("/sumdb/log.test/supported"), Set.copyOf(paths));
        return paths.size();
      }
    }
  }
}
