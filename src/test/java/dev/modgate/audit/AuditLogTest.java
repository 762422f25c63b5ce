package dev.modgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

  private static final Asker ASKER =
      new Asker("0".repeat(32), "192.0.2.1", "anonymous", Optional.empty());

  private static final String TORN = "{\"time\":\"2026-01-02T03:04:05Z\",\"verdict\":\"torn\"}";

  @TempDir Path folder;

  @Test
  void append_lastLineWasCutOff_endsItAndSaysSo() throws IOException {
    Files.writeString(file(), "{\"whole\":1}\n{\"time\":\"2026", UTF_8);
    append("list");
    List<String> lines = Files.readAllLines(file());
    assertEquals("{\"time\":\"2026", lines.get(1));
    assertEquals(TORN, lines.get(2));
    assertTrue(lines.get(3).contains("\"artifact\":\"list\""), lines.get(3));
    assertEquals(4, lines.size());
  }

  @Test
  void append_lastLineIsWhole_addsNothing() throws IOException {
    Files.writeString(file(), "{\"whole\":1}\n", UTF_8);
    append("list");
    append("zip");
    assertEquals(3, Files.readAllLines(file()).size());
  }

  @Test
  void append_fileIsNew_holdsTheLineAlone() throws IOException {
    append("list");
    assertEquals(1, Files.readAllLines(file()).size());
  }

  @Test
  void lost_diskTakesLinesAgain_isWrittenDownWithoutAFurtherDecision() throws Exception {
    Files.createDirectory(file()); // it can't be opened for writing
    try (AuditLog log = new AuditLog(folder, CLOCK)) {
      log.append(ASKER, decision("list"));
      while (log.lost() == 0) {
        Thread.sleep(1);
      }
      assertEquals(1, log.lost());
      Files.delete(file());
      while (log.lost() > 0) {
        Thread.sleep(1);
      }
    }
    assertEquals(
        List.of("{\"time\":\"2026-01-02T03:04:05Z\",\"verdict\":\"gap\",\"lost\":1}"),
        Files.readAllLines(file()));
  }

  @Test
  void append_theSameDecisionForTwo_isALineForEach() throws IOException {
    Decision decision =
        decision("mod").proven("h1:x", OptionalLong.of(7)).from("store").because("sumdb", "why");
    Asker other = new Asker("f".repeat(32), "192.0.2.2", "anonymous", Optional.of("job 1"));
    try (AuditLog log = new AuditLog(folder, CLOCK)) {
      log.append(ASKER, decision);
      log.append(other, decision);
    }
    String said =
        "\"module\":\"a.test/m\",\"artifact\":\"mod\",\"h1\":\"h1:x\",\"verdict\":\"relayed\","
            + "\"tree\":7,\"mirror\":\"store\",\"rule\":\"sumdb\",\"reason\":\"why\"}";
    assertEquals(
        List.of(
            "{\"time\":\"2026-01-02T03:04:05Z\",\"trace\":\"00000000000000000000000000000000\","
                + "\"client\":\"192.0.2.1\",\"identity\":\"anonymous\","
                + said,
            "{\"time\":\"2026-01-02T03:04:05Z\",\"trace\":\"ffffffffffffffffffffffffffffffff\","
                + "\"client\":\"192.0.2.2\",\"identity\":\"anonymous\",\"build\":\"job 1\","
                + said),
        Files.readAllLines(file()));
  }

  private void append(String artifact) throws IOException {
    try (AuditLog log = new AuditLog(folder, CLOCK)) {
      log.append(ASKER, decision(artifact));
    }
  }

  private static Decision decision(String artifact) {
    return new Decision(
        new Decision.Subject(Optional.of("a.test/m"), Optional.empty(), artifact),
        Decision.Verdict.RELAYED);
  }

  private Path file() {
    return folder.resolve("audit.jsonl");
  }
}
