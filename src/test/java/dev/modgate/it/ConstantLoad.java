package dev.modgate.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.fake.FakeModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many clients that ask for one file after the other, in turn for one that nobody has asked for
 * yet and for one that modgate has, until this is closed.
 */
final class ConstantLoad implements AutoCloseable {

  private final String url;
  private final List<FakeModule> modules;
  private final Duration pause;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger fresh = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong slowestNanos = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  /**
   * @param modules the files that are asked for; it ends with a failure if there are too few
   * @param pause of each client between two requests
   */
  ConstantLoad(String url, List<FakeModule> modules, int clients, Duration pause) {
    this.url = url;
    this.modules = modules;
    this.pause = pause;
    for (int seed = 0; seed < clients; seed++) {
      Random random = new Random(seed);
      var _ = threads.submit(() -> run(random));
    }
  }

  private void run(Random random) {
    try {
      while (!over) {
        int cold = fresh.getAndIncrement();
        request(cold);
        Thread.sleep(pause);
        request(random.nextInt(cold + 1));
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      failures.add("interrupted");
    } catch (RuntimeException e) {
      failures.add(e.toString());
    }
  }

  /** Of a module the go.mod file and then the zip. */
  private void request(int number) throws InterruptedException {
    if (number >= 2 * modules.size()) {
      throw new IllegalStateException("all modules have been asked for");
    }
    FakeModule module = modules.get(number / 2);
    String path = module.base() + (number % 2 == 0 ? ".mod" : ".zip");
    byte[] body = number % 2 == 0 ? module.goMod() : module.zip();
    long start = System.nanoTime();
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200 || !Arrays.equals(body, response.body())) {
        failures.add(
            path + ": " + response.statusCode() + " " + new String(response.body(), UTF_8));
      }
    } catch (IOException e) {
      failures.add(path + ": " + e);
    }
    answered.incrementAndGet();
    slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
  }

  int answered() {
    return answered.get();
  }

  /** Of the requests that ended since {@link #forgetSlowest}. */
  Duration slowest() {
    return Duration.ofNanos(slowestNanos.get());
  }

  void forgetSlowest() {
    slowestNanos.set(0);
  }

  /** What was not answered with the right bytes, one line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Lets the last requests end. */
  @Override
  public void close() {
    over = true;
    threads.close();
    client.close();
  }
}
