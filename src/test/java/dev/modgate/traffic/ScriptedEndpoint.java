package dev.modgate.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Says what it is told to, then takes everything; remembers each batch that it was given. */
final class ScriptedEndpoint implements TrafficEndpoint {

  private final Queue<Delivery> script = new ArrayDeque<>();
  private final List<String> given = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final boolean silent;

  private ScriptedEndpoint(List<Delivery> script, boolean silent) {
    this.script.addAll(script);
    this.silent = silent;
  }

  static ScriptedEndpoint saying(Delivery... script) {
    return new ScriptedEndpoint(List.of(script), false);
  }

  /** Never answers. */
  static ScriptedEndpoint silent() {
    return new ScriptedEndpoint(List.of(), true);
  }

  @Override
  public Delivery deliver(List<byte[]> lines) throws InterruptedException {
    given.add(lines.stream().map(part -> new String(part, UTF_8)).collect(joining()));
    reached.countDown();
    if (silent) {
      held.await();
    }
    return Optional.ofNullable(script.poll()).orElse(new Delivery.Taken());
  }

  List<String> given() {
    return given;
  }

  /** Waits for the first batch. */
  void awaitBatch() throws InterruptedException {
    reached.await();
  }

  @Override
  public void close() {}
}
