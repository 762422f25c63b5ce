package dev.modgate.audit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The line of a proven hit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AuditBenchmark {

  private Asker asker =
      new Asker("0af7651916cd43dd8448eb211c80319c", "127.0.0.1", "anonymous", Optional.empty());

  private Decision decision =
      new Decision(
              new Decision.Subject(Optional.of("golang.org/x/text"), Optional.of("v0.14.0"), "mod"),
              Decision.Verdict.PROVEN)
          .proven("h1:18ZOQIKpY8NJVqYksKHtTdi31H5itFRjB5/qKTNYzSU=", OptionalLong.of(30_000_000))
          .from("store")
          .because("sumdb", "sum.golang.org");

  private AuditLog.Dated dated =
      new AuditLog.Dated(Instant.parse("2026-11-26T04:00:00.123456Z"), asker, decision);

  private Optional<Path> folder = Optional.empty();
  private Optional<AuditLog> log = Optional.empty();

  @Setup
  public void open() throws IOException {
    Path made = Files.createTempDirectory("modgate-bench");
    folder = Optional.of(made);
    log = Optional.of(new AuditLog(made, InstantSource.system()));
  }

  @TearDown
  public void close() throws IOException {
    log.orElseThrow().close();
    if (log.orElseThrow().lost() > 0) {
      throw new IllegalStateException("lines were lost");
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.orElseThrow())) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder.orElseThrow());
  }

  private final StringBuilder text = new StringBuilder();

  /** The text of the line alone, in memory that is used again. */
  @Benchmark
  public StringBuilder line() {
    text.setLength(0);
    log.orElseThrow().line(dated, text).end();
    return text;
  }

  /**
   * The line, the queue, and the writer's synced batches behind it: what one thread can append
   * without end. Once the queue is full, the disk sets the pace.
   */
  @Benchmark
  public void append() {
    log.orElseThrow().append(asker, decision);
  }
}
