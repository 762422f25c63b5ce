package dev.modgate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.modgate.fake.FakeLog;
import dev.modgate.fake.MemoryLogStore;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.oracle.Answer;
import dev.modgate.oracle.Question;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.LogSource;
import dev.modgate.verify.sumdb.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a source answers to a lookup, a hash that comes out of it is that of the log. An input
 * is the answer; the tiles are honest.
 */
final class LookupFuzzTest {

  private static final String MODULE = "test.example/2@v1.0.0";
  private static final FakeLog LOG = new FakeLog("log.test", 1).addMany(5);
  private static final Optional<H1> ZIP = h1(MODULE);
  private static final Optional<H1> GO_MOD = h1(MODULE + "/go.mod");

  static Stream<byte[]> seeds() {
    String honest = new String(LOG.lookupBody(2, 5), UTF_8);
    String head = honest.substring(honest.indexOf("\n\n") + 2);
    String line = "test.example/2 v1.0.0 " + FakeLog.anyH1("evil") + "\n";
    return Stream.of(
            honest,
            new String(LOG.lookupBody(2, 3), UTF_8),
            new String(LOG.lookupBody(3, 5), UTF_8),
            "2\n\n" + head,
            honest + line,
            honest.replaceFirst("\n", "\n" + line),
            line + honest,
            honest.replaceFirst("2\n", "3\n"))
        .map(body -> body.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void lookup(byte[] input) {
    check(input, LookupFuzzTest::lookup);
  }

  /** CVE-2026-56864: the first line that fits is taken, wherever it stands. */
  @Test
  void lineOutsideOfTheRecord_takenByABrokenClient_isFound() {
    byte[] evilFirst = seeds().toList().get(6);
    BiFunction<FakeLog, ModuleVersion, Lookup> lax =
        (log, module) -> {
          Lookup.Found honest = (Lookup.Found) lookup(LOG, module);
          String line = new String(evilFirst, UTF_8).lines().findFirst().orElseThrow();
          Optional<H1> evil = Optional.of(H1.parse(line.split(" ", -1)[2]).orThrow());
          return new Lookup.Found(evil, honest.goMod(), 2, honest.provenIn(), honest.database());
        };
    assertThrows(AssertionError.class, () -> check(evilFirst, lax));
  }

  /** The same, to be put to Go: the key, the module, the answer, and the tiles. */
  static Question question(byte[] input) {
    List<byte[]> args = new ArrayList<>();
    args.add(LOG.keyText().getBytes(UTF_8));
    List.of(MODULE.split("@", -1)).forEach(part -> args.add(part.getBytes(UTF_8)));
    args.add(input);
    for (int width = 1; width <= LOG.size(); width++) {
      String path = "/tile/8/0/000.p/" + width;
      args.add(path.getBytes(UTF_8));
      args.add(((LogSource.Answer.Body) LOG.get(path)).bytes());
    }
    return new Question("lookup", args);
  }

  /** What we say to it. */
  static Answer answer(Question question) {
    FakeLog log = LOG.fork();
    log.lie(FakeLog.lookupPath(MODULE), question.args().get(3));
    return switch (lookup(log, ModuleVersion.parse(MODULE).orThrow())) {
      case Lookup.Found found -> Answer.yes(line("", found.zip()) + line("/go.mod", found.goMod()));
      case Lookup.Refused(String reason, var _) -> new Answer.No(reason);
      case Lookup.Unavailable(String reason) -> new Answer.No(reason);
      case Lookup.NotLogged(String text, int _) -> new Answer.No(text);
    };
  }

  private static String line(String suffix, Optional<H1> hash) {
    return hash.map(h1 -> MODULE.replace('@', ' ') + suffix + " " + h1 + "\n").orElse("");
  }

  private static Lookup lookup(FakeLog log, ModuleVersion module) {
    return new ChecksumDatabase(
            log.key(),
            new MemoryLogStore(),
            () -> List.of(log),
            new RecordingLogEvents(),
            Runnable::run)
        .lookup(module);
  }

  private static void check(byte[] input, BiFunction<FakeLog, ModuleVersion, Lookup> client) {
    FakeLog log = LOG.fork();
    log.lie(FakeLog.lookupPath(MODULE), input);
    switch (client.apply(log, ModuleVersion.parse(MODULE).orThrow())) {
      case Lookup.Found(var zip, var goMod, long id, var head, String database) -> {
        assertEquals(ZIP, zip);
        assertEquals(GO_MOD, goMod);
        assertEquals(2, id);
        assertEquals(LOG.head(head.size()), head);
        assertEquals("log.test", database);
      }
      case Lookup.Refused(String reason, var fork) -> {
        Reasons.check(reason);
        assertTrue(fork.isEmpty(), "the log itself is honest");
      }
      case Lookup.Unavailable(String reason) -> Reasons.check(reason);
      case Lookup.NotLogged(String text, int status) ->
          throw new AssertionError("never of an answer with a body: " + status + " " + text);
    }
  }

  private static Optional<H1> h1(String seed) {
    return Optional.of(H1.parse(FakeLog.anyH1(seed)).orThrow());
  }
}
