package dev.modgate.verify.sumdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.RecordingLogEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoundTest {

  private static final Sought<String> GOT = new Sought.Got<>("proven");
  private static final Sought<String> GONE = new Sought.Missing<>(410, "gone");
  private static final Sought<String> DOWN = new Sought.Unavailable<>("time-out");
  private static final Sought<String> LIE = Sought.refuted("a lie");
  private static final Sought<String> FORK = Sought.forked(new Fork("db", "b", "", "", ""));

  private final RecordingLogEvents events = new RecordingLogEvents();
  private final List<String> asked = new ArrayList<>();

  @Test
  void ask_firstProof_endsTheRound() {
    assertEquals(GOT, ask(LIE, DOWN, GONE, GOT, LIE));
    assertEquals(List.of("a", "b", "c", "d"), asked);
    assertEquals(List.of("a"), events.refuted());
  }

  @Test
  void ask_fork_endsTheRoundThoughNoSourceIsToBlame() {
    assertEquals(FORK, ask(DOWN, FORK, GOT));
    assertEquals(List.of(), events.refuted());
  }

  @Test
  void ask_everySourceMissing_isTheLastAnswer() {
    assertEquals(GONE, ask(new Sought.Missing<>(404, "not found"), GONE));
  }

  @Test
  void ask_anyFailure_isUnavailableWithEveryReasonFailuresFirst() {
    assertEquals(
        new Sought.Unavailable<>("b: time-out; c: time-out; a: a lie"), ask(LIE, DOWN, DOWN, GONE));
  }

  @Test
  void ask_liesAndMissing_isRefusedWithEveryLie() {
    assertEquals(Sought.refuted("a: a lie; c: a lie"), ask(LIE, GONE, LIE));
  }

  @Test
  void ask_noSource_isUnavailableAndSaysSo() {
    Round round = new Round(List::of, events);
    assertEquals(
        new Sought.Unavailable<>("no source: no source of the checksum database can be asked"),
        round.<String>ask(source ->
            switch (source.get("/latest")) {
              case LogSource.Answer.Failed(String reason) -> new Sought.Unavailable<>(reason);
              case LogSource.Answer.Body _, LogSource.Answer.Missing _ -> GOT;
            }));
  }

  @Test
  void ask_longReasons_areCutAfter400Characters() {
    String fits = "x".repeat(397);
    assertEquals(Sought.refuted("a: " + fits), ask(Sought.refuted(fits)));
    assertEquals(Sought.refuted("a: " + fits + "…"), ask(Sought.refuted(fits + "y")));
  }

  /** Each source, from a on, gives the next answer. */
  @SafeVarargs
  private Sought<String> ask(Sought<String>... answers) {
    FakeLog log = new FakeLog("log.test", 1);
    List<LogSource> sources = new ArrayList<>();
    Map<String, Sought<String>> byName = new HashMap<>();
    for (Sought<String> answer : answers) {
      String name = String.valueOf((char) ('a' + sources.size()));
      sources.add(log.as(name));
      byName.put(name, answer);
    }
    return new Round(() -> sources, events)
        .ask(source -> {
          asked.add(source.name());
          return Optional.ofNullable(byName.get(source.name())).orElseThrow();
        });
  }
}
