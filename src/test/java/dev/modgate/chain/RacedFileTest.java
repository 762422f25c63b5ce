package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two mirrors over real sockets that send the head of a large file at the same time. It is loaded
 * from one of them; the other can't get rid of more than the system's buffers take.
 */
final class RacedFileTest {

  private static final int CHUNK = 1 << 20;
  private static final int CHUNKS = 32;
  private static final MirrorRequest ZIP = MirrorRequest.file("/a.test/@v/v1.0.0.zip", 64L << 20);

  private final ChainWorld world = new ChainWorld();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger files = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(2);

  @TempDir Path folder;
  private Mirrors mirrors;
  private Server first;
  private Server second;

  @BeforeEach
  void start() throws IOException {
    mirrors =
        new Mirrors(
            new Mirrors.Surroundings(
                () -> folder.resolve("file" + files.incrementAndGet()),
                Optional::empty,
                MirrorObserver.NOBODY,
                threads,
                InstantSource.system()));
    first = new Server();
    second = new Server();
  }

  @AfterEach
  void end() {
    mirrors.close();
    first.http.stop(0);
    second.http.stop(0);
    threads.close();
  }

  @Test
  void ask_bothHeadsAtOnce_loadsOneBody() throws IOException {
    for (int i = 0; i < 20; i++) {
      world.state("a").answered(Duration.ofNanos(1), 1);
    }
    Hedge hedge = new Hedge(world::state, Optional.of(Duration.ofMillis(20)), threads);
    List<Hedge.Answer> answers =
        hedge.ask(mirror("a", first), Optional.of(mirror("b", second)), ZIP);
    assertEquals(1, answers.size());
    assertLoaded(answers.getFirst().reply());
    int sentByFirst = first.sent.join();
    int sentBySecond = second.sent.join();
    assertTrue(Math.min(sentByFirst, sentBySecond) < CHUNKS, sentByFirst + " " + sentBySecond);
    assertEquals(1, files.get());
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(1, all.count());
    }
  }

  /** Without a race the same two are loaded twice, and it shows. */
  @Test
  void get_bothAlone_loadsTwoBodies() {
    CompletableFuture<Reply> other =
        CompletableFuture.supplyAsync(() -> mirror("b", second).get(ZIP), threads);
    assertLoaded(mirror("a", first).get(ZIP));
    assertLoaded(other.join());
    assertEquals(2 * CHUNKS, first.sent.join() + second.sent.join());
    assertEquals(2, files.get());
  }

  private static void assertLoaded(Reply reply) {
    Reply.Content content = assertInstanceOf(Reply.Content.class, reply);
    assertEquals((long) CHUNK * CHUNKS, content.payload().size());
  }

  private Mirror mirror(String name, Server server) {
    return mirrors.of(Settings.of(name, "http://127.0.0.1:" + server.http.getAddress().getPort()));
  }

  /** Sends nothing before both are asked. */
  private final class Server {
    private final HttpServer http;

    /** Chunks, once it is done with its one answer. */
    private final CompletableFuture<Integer> sent = new CompletableFuture<>();

    Server() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.setExecutor(threads);
      http.createContext("/", this::answer);
      http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
      int chunks = 0;
      try (exchange) {
        asked.countDown();
        asked.await();
        exchange.sendResponseHeaders(200, (long) CHUNK * CHUNKS);
        OutputStream out = exchange.getResponseBody();
        for (; chunks < CHUNKS; chunks++) {
          out.write(new byte[CHUNK]);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        sent.complete(chunks);
      }
    }
  }
}
