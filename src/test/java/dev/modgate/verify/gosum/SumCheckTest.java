package dev.modgate.verify.gosum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeLog;
import dev.modgate.fake.MemoryLogStore;
import dev.modgate.fake.RecordingLogEvents;
import dev.modgate.verify.ArtifactKind;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModulePatterns;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.ChecksumDatabase;
import dev.modgate.verify.sumdb.Lookup;
import dev.modgate.verify.sumdb.Lookups;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SumCheckTest {

  private final FakeLog log = new FakeLog("sum.test", 5);
  private final AtomicInteger ticks = new AtomicInteger();

  @Test
  void check_everyLineOfAGoSum_isProvenInOrder() throws InterruptedException {
    IntStream.range(0, 200).forEach(i -> log.add("a.test/m" + i + "@v1.0.0"));
    List<Claim> claims =
        GoSum.parse("go.sum", goSum(IntStream.range(0, 200)).getBytes(UTF_8)).orThrow();
    List<SumCheck.Checked> checked = check(claims);
    assertEquals(400, checked.size());
    assertEquals(claims, checked.stream().map(SumCheck.Checked::claim).toList());
    checked.forEach(c -> assertInstanceOf(Finding.Proven.class, c.finding(), c.claim().place()));
    assertEquals(400, ticks.get());
    assertEquals(200, log.requests().stream().filter(path -> path.startsWith("/lookup/")).count());
  }

  @Test
  void check_interrupted_endsAtOnce() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    SumCheck check =
        new SumCheck(
            new Lookups() {
              @Override
              public Lookup lookup(ModuleVersion version) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return new Lookup.Unavailable("interrupted");
              }

              @Override
              public Optional<String> alarm() {
                return Optional.empty();
              }
            },
            ModulePatterns.of(List.of()));
    List<Claim> claims =
        GoSum.parse("go.sum", goSum(IntStream.range(0, 40)).getBytes(UTF_8)).orThrow();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> check.check(claims, ticks::incrementAndGet));
    assertEquals(0, ticks.get());
  }

  @Test
  void check_anotherHash_isAMismatchThatNamesBoth() throws InterruptedException {
    log.add("a.test/m1@v1.0.0");
    H1 other = h1("other");
    Finding finding = check(claim("a.test/m1@v1.0.0", Optional.of(other)));
    Finding.Mismatch mismatch = assertInstanceOf(Finding.Mismatch.class, finding);
    assertEquals(other, mismatch.claimed());
    assertEquals(logged("a.test/m1@v1.0.0"), mismatch.logged());
  }

  @Test
  void check_noHashClaimed_findsTheOneOfTheLog() throws InterruptedException {
    log.add("a.test/m1@v1.0.0");
    assertEquals(
        new Finding.Proven(logged("a.test/m1@v1.0.0"), 1),
        check(claim("a.test/m1@v1.0.0", Optional.empty())));
  }

  @Test
  void check_unknownVersion_isNotLogged() throws InterruptedException {
    log.add("a.test/m1@v1.0.0");
    assertEquals(
        new Finding.NotLogged("the database answers 404"),
        check(claim("a.test/none@v1.0.0", Optional.of(h1("x")))));
  }

  @Test
  void check_recordWithoutSuchALine_isNotLogged() throws InterruptedException {
    log.addRecord("a.test/m1@v1.0.0", "a.test/m1 v1.0.0/go.mod " + h1("x") + "\n");
    assertEquals(
        new Finding.NotLogged("the record of this version has no such line"),
        check(claim("a.test/m1@v1.0.0", Optional.of(h1("x")))));
  }

  @Test
  void check_logOutOfReach_isUnavailableAndNeverNotLogged() throws InterruptedException {
    log.add("a.test/m1@v1.0.0");
    log.down(true);
    assertInstanceOf(
        Finding.Unavailable.class, check(claim("a.test/m1@v1.0.0", Optional.of(h1("x")))));
  }

  @Test
  void check_recordOfAnotherModule_isRefused() throws InterruptedException {
    log.add("a.test/m1@v1.0.0");
    log.answerWith("a.test/evil@v1.0.0", "a.test/m1@v1.0.0");
    assertInstanceOf(
        Finding.Refused.class, check(claim("a.test/evil@v1.0.0", Optional.of(h1("x")))));
  }

  @Test
  void check_exemptModule_isNeverAskedFor() throws InterruptedException {
    assertEquals(
        new Finding.Exempt("corp.test"),
        check(claim("corp.test/secret@v1.0.0", Optional.of(h1("x")))));
    assertTrue(log.requests().stream().noneMatch(path -> path.contains("secret")));
  }

  /** The first lookups wait for one another, so that as many as may be are under way at once. */
  @Test
  void check_manyModules_looksUpNoMoreThanTheBoundAtOnce() throws InterruptedException {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(SumCheck.CONCURRENCY);
    Lookups slow =
        new Lookups() {
          @Override
          public Lookup lookup(ModuleVersion version) {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            full.countDown();
            try {
              full.await();
              Thread.sleep(5);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            underWay.decrementAndGet();
            return new Lookup.NotLogged("not found", 404);
          }

          @Override
          public Optional<String> alarm() {
            return Optional.empty();
          }
        };
    List<Claim> claims =
        IntStream.range(0, 6 * SumCheck.CONCURRENCY)
            .mapToObj(i -> claim("a.test/m" + i + "@v1.0.0", Optional.empty()))
            .toList();
    assertEquals(
        claims.size(), new SumCheck(slow, ModulePatterns.parse("")).check(claims, () -> {}).size());
    assertEquals(SumCheck.CONCURRENCY, most.get());
  }

  private static String goSum(IntStream modules) {
    return modules
        .mapToObj(i -> {
          String module = "a.test/m" + i + "@v1.0.0";
          return "a.test/m%d v1.0.0 %s\na.test/m%d v1.0.0/go.mod %s\n"
              .formatted(i, logged(module), i, FakeLog.anyH1(module + "/go.mod"));
        })
        .collect(Collectors.joining());
  }

  private static H1 h1(String seed) {
    return H1.parse(FakeLog.anyH1(seed)).orThrow();
  }

  private static H1 logged(String module) {
    return h1(module);
  }

  private static Claim claim(String module, Optional<H1> hash) {
    return new Claim(module, ModuleVersion.parse(module).orThrow(), ArtifactKind.ZIP, hash);
  }

  private Finding check(Claim claim) throws InterruptedException {
    return check(List.of(claim)).getFirst().finding();
  }

  private List<SumCheck.Checked> check(List<Claim> claims) throws InterruptedException {
    ChecksumDatabase database =
        new ChecksumDatabase(
            log.key(),
            new MemoryLogStore(),
            () -> List.of(log),
            new RecordingLogEvents(),
            task -> Thread.ofVirtual().start(task));
    return new SumCheck(database, ModulePatterns.parse("corp.test"))
        .check(claims, ticks::incrementAndGet);
  }
}
