package dev.modgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.document.JsonLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends decisions to {@code audit.jsonl}, a batch at a time, synced. A decision waits for a place
 * in the queue, so none is dropped while the disk is slow; while the disk refuses, the number of
 * lines that it cost is counted and written down as a gap as soon as it takes lines again. A line
 * that a killed process or a full disk has cut off is ended, and a line says so: what follows is
 * readable.
 */
public final class AuditLog implements AutoCloseable {

  /** Decisions that wait to be written. */
  private static final int QUEUE = 8192;

  private static final long IDLE_MILLIS = 100;

  /** What comes within this time of a decision is written with it: one sync for all of them. */
  private static final long GATHER_MILLIS = 5;

  private final BlockingQueue<Dated> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong lost = new AtomicLong();
  private final Path file;
  private final InstantSource clock;
  private final Thread writer;
  private volatile boolean closing;

  /** Characters of a batch for which the memory is kept. */
  private static final int KEPT = 1 << 20;

  /** The writer's own. */
  private final TimeText times = new TimeText();

  /** A batch as text. The writer's own. */
  private StringBuilder lines = new StringBuilder();

  /** Nobody knows whether the file ends with a whole line. The writer's own. */
  private boolean endUnknown = true;

  /**
   * @param folder made if it is missing
   */
  public AuditLog(Path folder, InstantSource clock) throws IOException {
    Files.createDirectories(folder);
    this.file = folder.resolve("audit.jsonl");
    this.clock = clock;
    this.writer = Thread.ofPlatform().name("modgate-audit").daemon().start(this::writeAll);
  }

  /** A decision, and when and for whom it was made. */
  record Dated(Instant time, Asker asker, Decision decision) {}

  /** Queues one decision, unless the queue is full: then it is false, and nothing has happened. */
  public boolean offer(Asker asker, Decision decision) {
    return queue.offer(new Dated(clock.instant(), asker, decision));
  }

  /** Queues one decision; waits if the queue is full. */
  public void append(Asker asker, Decision decision) {
    Dated dated = new Dated(clock.instant(), asker, decision);
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(dated);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lines that could not be written and are not yet recorded as a gap. */
  public long lost() {
    return lost.get();
  }

  /** Writes what is queued, then stops. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeAll() {
    List<Dated> batch = new ArrayList<>();
    try {
      while (!closing || !queue.isEmpty()) {
        Dated first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          gather();
          queue.drainTo(batch);
        }
        if (first != null || lost.get() > 0) {
          write(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void gather() throws InterruptedException {
    if (!closing) {
      Thread.sleep(GATHER_MILLIS);
    }
  }

  /** With no lines, it writes down the gap if the disk lets it. */
  private void write(List<Dated> batch) {
    long gap = lost.get();
    try {
      if (endUnknown && endsInsideALine()) {
        lines.append('\n');
        note("torn").end();
      }
      if (gap > 0) {
        note("gap").number("lost", gap).end();
      }
      batch.forEach(dated -> line(dated, lines).end());
      endUnknown = true;
      append(ByteBuffer.wrap(lines.toString().getBytes(UTF_8)));
      endUnknown = false;
      lost.addAndGet(-gap);
    } catch (IOException e) {
      lost.addAndGet(batch.size());
    } finally {
      clear();
    }
  }

  private void clear() {
    if (lines.capacity() > KEPT) {
      lines = new StringBuilder();
    } else {
      lines.setLength(0);
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(false);
    }
  }

  private boolean endsInsideALine() throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return in.size() > 0 && in.read(last, in.size() - 1) == 1 && last.get(0) != '\n';
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A line of the log about itself. */
  private JsonLine note(String word) {
    return new JsonLine(lines).text("time", clock.instant().toString()).text("verdict", word);
  }

  JsonLine line(Dated dated, StringBuilder text) {
    return new JsonLine(text)
        .text("time", times.of(dated.time))
        .text("trace", dated.asker.traceId())
        .text("client", dated.asker.client())
        .text("identity", dated.asker.identity())
        .text("build", dated.asker.build())
        .members(dated.decision.members());
  }
}
