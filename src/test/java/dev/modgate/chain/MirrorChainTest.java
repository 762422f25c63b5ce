package dev.modgate.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.modgate.admission.Admission;
import dev.modgate.admission.Permit;
import dev.modgate.protocol.Request;
import dev.modgate.verify.module.ModulePatterns;
import dev.modgate.verify.module.ModuleVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked after whom. */
final class MirrorChainTest {

  private static final Reply GOOD = body(1);
  private static final Reply LIE = body(0);
  private static final Reply ABSENT = new Reply.NotThere(404, "not here");
  private static final Reply GONE = new Reply.NotThere(410, "gone");
  private static final Reply DOWN = new Reply.Failed(new Failure.Unreachable("no connection"));

  private final List<String> asked = new ArrayList<>();
  private final Map<String, Reply> replies = new LinkedHashMap<>();
  private final Map<String, Reply> later = new LinkedHashMap<>();
  private final List<Optional<Payload.Partial>> begun = new ArrayList<>();
  private final List<Arrivals> arrivals = new ArrayList<>();
  private final ChainWorld world = new ChainWorld();

  @Test
  void fetch_firstHasIt_asksNobodyElse() {
    assertEquals("a", found(fetch("a,b", GOOD, GOOD)).mirror());
    assertEquals(List.of("a"), asked);
  }

  @Test
  void fetch_absent_goesOnBehindBoth() {
    assertEquals("b", found(fetch("a,b", ABSENT, GOOD)).mirror());
    assertEquals("b", found(fetch("a|b", GONE, GOOD)).mirror());
  }

  @Test
  void fetch_failure_goesOnBehindPipeOnly() {
    Fetched.Found<String> found = found(fetch("a|b", DOWN, GOOD));
    assertEquals(
        List.of(new Fetched.Attempt("a", new Failure.Unreachable("no connection"))),
        found.failures());
    asked.clear();
    assertInstanceOf(Fetched.Failed.class, fetch("a,b", DOWN, GOOD));
    assertEquals(List.of("a"), asked);
  }

  @Test
  void fetch_lie_goesOnBehindBoth() {
    assertEquals("b", found(fetch("a|b", LIE, GOOD)).mirror());
    Fetched.Found<String> found = found(fetch("a,b", LIE, GOOD));
    assertEquals("b", found.mirror());
    assertEquals(List.of(new Fetched.Attempt("a", new Failure.Refuted("a lie"))), found.failures());
  }

  @Test
  void fetch_allLie_isFailedWithEveryReason() {
    Fetched<String> fetched = fetch("a|b", LIE, LIE);
    assertEquals(2, assertInstanceOf(Fetched.Failed.class, fetched).failures().size());
  }

  @Test
  void fetch_allAbsent_isAbsentInTheLastOnesWords() {
    assertEquals(new Fetched.Absent<>(410, "gone", "b"), fetch("a,b", ABSENT, GONE));
  }

  @Test
  void fetch_failureAndAbsence_isFailed() {
    assertInstanceOf(Fetched.Failed.class, fetch("a|b", DOWN, ABSENT));
    assertInstanceOf(Fetched.Failed.class, fetch("a,b", ABSENT, DOWN));
  }

  @Test
  void fetch_off_asksNobody() {
    assertEquals(
        new Fetched.Absent<>(404, "module lookup disabled by goproxy: off", "off"),
        fetch("a,off,b", ABSENT, GOOD));
    assertEquals(List.of("a"), asked);
  }

  @Test
  void fetch_privateModule_isNamedToPrivateMirrorsOnly() {
    replies.put("a", GOOD);
    replies.put("b", GOOD);
    Permit permit = permit(ModulePatterns.of(List.of("corp.test")), "corp.test/secret@v1.0.0");
    assertEquals("b", found(chain("a,b").fetch(permit, MirrorChainTest::examine)).mirror());
    assertEquals(List.of("b"), asked);
    asked.clear();
    assertInstanceOf(Fetched.Absent.class, chain("a").fetch(permit, MirrorChainTest::examine));
    assertEquals(List.of(), asked);
  }

  @Test
  void fetch_lie_isNotAskedForAgainForADay() {
    fetch("a|b", LIE, GOOD);
    asked.clear();
    Fetched.Found<String> found = found(fetch("a|b", GOOD, GOOD));
    assertEquals(List.of("b"), asked);
    assertEquals(List.of(new Fetched.Attempt("a", new Failure.Refuted("a lie"))), found.failures());
    world.later(Convictions.CONDEMNED);
    assertEquals("a", found(fetch("a|b", GOOD, GOOD)).mirror());
  }

  @Test
  void fetch_onlyCondemnedMirror_isFailedWithTheOldReason() {
    fetch("a", LIE, GOOD);
    asked.clear();
    Fetched<String> fetched = fetch("a", GOOD, GOOD);
    assertEquals(
        List.of(new Fetched.Attempt("a", new Failure.Refuted("a lie"))), fetched.failures());
    assertEquals(List.of(), asked);
  }

  @Test
  void fetch_threeDifferentLies_takeTheMirrorOut() {
    for (String module : List.of("x.test/1", "x.test/2", "x.test/2")) {
      fetch(module, "a|b", LIE, GOOD);
    }
    assertEquals(Health.HEALTHY, world.state("a").health());
    fetch("x.test/3", "a|b", LIE, GOOD);
    assertEquals(Health.TAKEN_OUT, world.state("a").health());
    asked.clear();
    fetch("x.test/4", "a|b", GOOD, GOOD);
    assertEquals(List.of("b"), asked);
    world.later(ChainWorld.LIES.out());
    fetch("x.test/5", "a|b", GOOD, GOOD);
    assertEquals(List.of("b", "a"), asked);
  }

  @Test
  void fetch_fewLiesInLongTime_changeNothing() {
    for (String module : List.of("x.test/1", "x.test/2", "x.test/3", "x.test/4")) {
      fetch(module, "a|b", LIE, GOOD);
      world.later(Duration.ofMinutes(31));
    }
    assertEquals(Health.HEALTHY, world.state("a").health());
  }

  @Test
  void fetch_suspectMirror_isAskedLast() {
    for (int i = 0; i < 3; i++) {
      world.state("a").failed(new Failure.Unreachable("no connection"));
    }
    assertEquals("b", found(fetch("a|b", GOOD, GOOD)).mirror());
    assertEquals("a", found(fetch("a|b", GOOD, ABSENT)).mirror());
    assertEquals(List.of("b", "b", "a"), asked);
  }

  @Test
  void fetch_brokenOff_theRestIsAskedForOnceThereAndThenElsewhere(@TempDir Path folder) {
    Payload.Partial half = new Payload.Partial(folder.resolve("half"), 5);
    Reply cut = new Reply.Cut(new Failure.Broken("broke off"), half);
    Reply rest = new Reply.Content(new Payload.Spooled(half.file(), 9), Duration.ZERO);
    assertEquals("b", found(fetch("a|b", cut, rest)).mirror());
    assertEquals(List.of("a", "a", "b"), asked);
    assertEquals(List.of(Optional.empty(), Optional.of(half), Optional.of(half)), begun);
  }

  @Test
  void fetch_piecesOfTwoMirrorsDoNotFit_blamesNobodyAndAsksForTheWhole(@TempDir Path folder) {
    Payload.Partial half = new Payload.Partial(folder.resolve("half"), 5);
    Reply cut = new Reply.Cut(new Failure.Broken("broke off"), half);
    replies.put("a", cut);
    replies.put("b", new Reply.Content(new Payload.Spooled(half.file(), 0), Duration.ZERO));
    later.put("b", GOOD);
    Fetched.Found<String> found = found(fetchAs("x.test/y", "a|b"));
    assertEquals("b", found.mirror());
    assertEquals(List.of("a", "a", "b", "b"), asked);
    assertEquals(Optional.empty(), begun.getLast());
    assertEquals(Optional.empty(), world.convictions.of("b", "/x.test/y/@v/v1.0.0.mod"));
  }

  @Test
  void fetch_whoExamines_isToldOfFilesWhileTheyComeIn() {
    replies.put("a", new Reply.Failed(new Failure.Unreachable("no connection")));
    replies.put("b", GOOD);
    Arrivals watching = _ -> Arrivals.Arrival.UNWATCHED;
    MirrorChain.Examiner<String> examiner =
        new MirrorChain.Examiner<>() {
          @Override
          public MirrorChain.Examination<String> examine(
              Payload payload, String mirror, boolean alone) {
            return MirrorChainTest.examine(payload, mirror, alone);
          }

          @Override
          public Arrivals arrivals() {
            return watching;
          }
        };
    Permit permit = permit(ModulePatterns.of(List.of()), "x.test/y@v1.0.0");
    var _ = chain("a|b").fetch(permit, examiner);
    assertEquals(List.of(watching, watching), arrivals);
  }

  private Fetched<String> fetch(String list, Reply a, Reply b) {
    return fetch("x.test/y", list, a, b);
  }

  private Fetched<String> fetch(String module, String list, Reply a, Reply b) {
    replies.put("a", a);
    replies.put("b", b);
    return fetchAs(module, list);
  }

  private Fetched<String> fetchAs(String module, String list) {
    Permit permit = permit(ModulePatterns.of(List.of()), module + "@v1.0.0");
    return chain(list).fetch(permit, MirrorChainTest::examine);
  }

  private MirrorChain chain(String list) {
    Map<String, Mirror> mirrors =
        replies.keySet().stream().collect(Collectors.toMap(name -> name, Scripted::new));
    return world.chain(steps(list), mirrors, Set.of("b"), Optional.empty());
  }

  /** Names of one letter, each with its separator behind it. */
  private static ProxyList steps(String list) {
    List<ProxyList.Step> steps = new ArrayList<>();
    for (String entry : list.split("(?<=[,|])", -1)) {
      ProxyList.Separator behind =
          entry.endsWith("|") ? ProxyList.Separator.PIPE : ProxyList.Separator.COMMA;
      String name = entry.replaceAll("[,|]", "");
      steps.add(name.equals("off") ? new ProxyList.Off() : new ProxyList.Ask(name, behind));
    }
    return new ProxyList(steps);
  }

  private static Permit permit(ModulePatterns confidential, String version) {
    Admission admission = new Admission(ModulePatterns.of(List.of()), confidential);
    Request request = new Request.GoMod(ModuleVersion.parse(version).orThrow());
    return assertInstanceOf(Admission.Admitted.class, admission.admit(request)).permit();
  }

  private static MirrorChain.Examination<String> examine(
      Payload payload, String mirror, boolean alone) {
    return payload.size() == 0
        ? new MirrorChain.Refuted<>("a lie")
        : new MirrorChain.Accepted<>("fine, " + mirror);
  }

  private static Reply body(int size) {
    return new Reply.Content(new Payload.InMemory(new byte[size]), Duration.ZERO);
  }

  private static Fetched.Found<String> found(Fetched<String> fetched) {
    assertInstanceOf(Fetched.Found.class, fetched);
    return (Fetched.Found<String>) fetched;
  }

  private final class Scripted implements Mirror {
    private final String name;

    Scripted(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Reply get(MirrorRequest request) {
      asked.add(name);
      begun.add(request.begun());
      arrivals.add(request.arrivals());
      Reply reply = Optional.ofNullable(replies.get(name)).orElseThrow();
      Optional.ofNullable(later.remove(name)).ifPresent(next -> replies.put(name, next));
      return reply;
    }
  }
}
