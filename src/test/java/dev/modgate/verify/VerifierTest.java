package dev.modgate.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.modgate.fake.FakeModule;
import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Lookup;
import dev.modgate.verify.sumdb.Lookups;
import dev.modgate.verify.tlog.Hash;
import dev.modgate.verify.tlog.TreeHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifierTest {

  private static final FakeModule MODULE = new FakeModule("example.com/m@v1.0.0");
  private static final FakeModule OTHER = new FakeModule("example.com/m@v1.0.0", "package evil\n");
  private static final TreeHead HEAD = new TreeHead(9, Hash.ofRecord(new byte[0]));

  @TempDir private Path folder;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** A database that gives one answer. */
  private record Oracle(Lookup answer, Optional<String> alarm) implements Lookups {
    @Override
    public Lookup lookup(ModuleVersion version) {
      return answer;
    }
  }

  @Test
  void judge_goModThatTheLogHas_isProvenAndSaysWhere() throws IOException {
    Candidate candidate = goMod(MODULE);
    VerifiedArtifact artifact = proven(judge(found(), candidate));
    assertSame(candidate, artifact.candidate());
    assertEquals(MODULE.goModH1(), artifact.h1());
    assertEquals(new Provenance.Logged("sum.test", 9, 4), artifact.provenance());
  }

  @Test
  void judge_zipThatTheLogHas_isProvenAndSaysWhere() throws IOException {
    Candidate candidate = zip(MODULE.zip());
    VerifiedArtifact artifact = proven(judge(found(), candidate));
    assertSame(candidate, artifact.candidate());
    assertEquals(MODULE.zipH1(), artifact.h1());
    assertEquals(new Provenance.Logged("sum.test", 9, 4), artifact.provenance());
  }

  @Test
  void judge_otherBytes_areRefutedAndBothHashesAreNamed() throws IOException {
    assertEquals(
        new Verdict.Refuted(
            "checksum-mismatch",
            "delivered " + OTHER.zipH1() + " but the log has " + MODULE.zipH1()),
        judge(found(), zip(OTHER.zip())));
    byte[] evil = "module example.com/evil\n".getBytes(UTF_8);
    assertEquals(
        new Verdict.Refuted(
            "checksum-mismatch",
            "delivered " + H1.ofGoMod(evil) + " but the log has " + MODULE.goModH1()),
        judge(found(), new Candidate.GoModBytes(MODULE.version(), evil)));
  }

  /** Each artifact has a line of its own: the hash of one is nothing to the other. */
  @Test
  void judge_hashesOfTheTwoLinesSwapped_areRefuted() throws IOException {
    Lookup swapped =
        new Lookup.Found(
            Optional.of(MODULE.goModH1()), Optional.of(MODULE.zipH1()), 4, HEAD, "sum.test");
    assertInstanceOf(Verdict.Refuted.class, judge(swapped, goMod(MODULE)));
    assertInstanceOf(Verdict.Refuted.class, judge(swapped, zip(MODULE.zip())));
  }

  @Test
  void judge_recordWithoutALineOfThatKind_isUnprovable() throws IOException {
    Lookup onlyGoMod =
        new Lookup.Found(Optional.empty(), Optional.of(MODULE.goModH1()), 4, HEAD, "sum.test");
    assertEquals(new Verdict.Unprovable(onlyGoMod), judge(onlyGoMod, zip(MODULE.zip())));
    proven(judge(onlyGoMod, goMod(MODULE)));
    Lookup onlyZip =
        new Lookup.Found(Optional.of(MODULE.zipH1()), Optional.empty(), 4, HEAD, "sum.test");
    assertEquals(new Verdict.Unprovable(onlyZip), judge(onlyZip, goMod(MODULE)));
    proven(judge(onlyZip, zip(MODULE.zip())));
  }

  @Test
  void judge_databaseHasNoRecord_isUnprovableWithItsAnswer() throws IOException {
    for (Lookup answer : unvouched()) {
      assertEquals(new Verdict.Unprovable(answer), judge(answer, goMod(MODULE)));
      assertEquals(new Verdict.Unprovable(answer), judge(answer, zip(MODULE.zip())));
    }
  }

  /** Whoever delivered it is to blame, whatever the database would have said. */
  @Test
  void judge_unsoundZip_isRefutedWithTheBrokenRule() throws IOException {
    byte[] noZip = {'n', 'o'};
    Verdict expected =
        new Verdict.Refuted(
            "bad-zip", "delivered no sound zip: not-a-zip: not a zip; the file begins with \"no\"");
    assertEquals(expected, judge(found(), zip(noZip)));
    Verifier verifier = verifier(found());
    Expectation exempt = verifier.exempt(MODULE.version(), "example.com/*");
    assertEquals(expected, verifier.judge(zip(noZip), exempt));
  }

  @Test
  void judge_zipOfAnotherVersion_isRefuted() throws IOException {
    Verdict verdict = judge(found(), zip(new FakeModule("example.com/m@v1.0.1").zip()));
    assertEquals("bad-zip", assertInstanceOf(Verdict.Refuted.class, verdict).rule());
  }

  @Test
  void judge_exemptVersion_isTakenAsItIsAndSaysByWhichPattern() throws IOException {
    Verifier verifier = verifier(new Lookup.NotLogged("not found", 404));
    Expectation exempt = verifier.exempt(MODULE.version(), "example.com/*");
    VerifiedArtifact artifact = proven(verifier.judge(zip(OTHER.zip()), exempt));
    assertEquals(OTHER.zipH1(), artifact.h1());
    assertEquals(new Provenance.Unlogged("example.com/*"), artifact.provenance());
  }

  @Test
  void judge_expectationOfAnotherVersion_throws() {
    Verifier verifier = verifier(found());
    Expectation other =
        verifier.exempt(ModuleVersion.parse("example.com/m@v1.0.1").orThrow(), "example.com/m");
    assertThrows(IllegalArgumentException.class, () -> verifier.judge(goMod(MODULE), other));
  }

  @Test
  void judge_fileThatIsGone_throws() {
    Candidate gone = new Candidate.ZipFile(MODULE.version(), folder.resolve("gone.zip"));
    assertThrows(NoSuchFileException.class, () -> judge(found(), gone));
  }

  @Test
  void judge_lookupThatThrows_isAnErrorOfOursWithItsCause() {
    RuntimeException cause = new IllegalStateException("a bug");
    Verifier verifier =
        new Verifier(
            new Lookups() {
              @Override
              public Lookup lookup(ModuleVersion version) {
                throw cause;
              }

              @Override
              public Optional<String> alarm() {
                return Optional.empty();
              }
            },
            threads);
    Expectation expected = verifier.expectLogged(MODULE.version());
    assertSame(
        cause,
        assertThrows(IllegalStateException.class, () -> verifier.judge(goMod(MODULE), expected))
            .getCause());
  }

  /** Whoever stops a thread that waits learns nothing of the artifact, and the thread stops. */
  @Test
  void judge_interruptedWhileItWaits_isUnprovableAndStaysInterrupted() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Verifier verifier =
        new Verifier(
            new Lookups() {
              @Override
              public Lookup lookup(ModuleVersion version) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return found();
              }

              @Override
              public Optional<String> alarm() {
                return Optional.empty();
              }
            },
            threads);
    Expectation expected = verifier.expectLogged(MODULE.version());
    Thread.currentThread().interrupt();
    Verdict verdict = verifier.judge(goMod(MODULE), expected);
    assertTrue(Thread.interrupted());
    assertEquals(
        new Verdict.Unprovable(new Lookup.Unavailable("this gate is shutting down")), verdict);
  }

  @Test
  void standing_loggedVersion_hasTheSizeOfTheTree() {
    Verifier verifier = verifier(found());
    assertEquals(
        new Verifier.Standing.Logged(9),
        verifier.standing(verifier.expectLogged(MODULE.version())));
  }

  @Test
  void standing_exemptVersion_hasThePattern() {
    Verifier verifier = verifier(found());
    assertEquals(
        new Verifier.Standing.Exempt("example.com/*"),
        verifier.standing(verifier.exempt(MODULE.version(), "example.com/*")));
  }

  @Test
  void standing_databaseHasNoRecord_isUnvouchedWithItsAnswer() {
    for (Lookup answer : unvouched()) {
      Verifier verifier = verifier(answer);
      assertEquals(
          new Verifier.Standing.Unvouched(answer),
          verifier.standing(verifier.expectLogged(MODULE.version())));
    }
  }

  @Test
  void alarm_isThatOfTheDatabase() {
    assertEquals(Optional.empty(), verifier(found()).alarm());
    assertEquals(
        Optional.of("it forked"),
        new Verifier(new Oracle(found(), Optional.of("it forked")), threads).alarm());
  }

  @Test
  void extension_ofEachKind_isThatOfTheProtocol() {
    assertEquals("mod", ArtifactKind.GO_MOD.extension());
    assertEquals("zip", ArtifactKind.ZIP.extension());
  }

  private static Lookup found() {
    return new Lookup.Found(
        Optional.of(MODULE.zipH1()), Optional.of(MODULE.goModH1()), 4, HEAD, "sum.test");
  }

  private static Lookup[] unvouched() {
    return new Lookup[] {
      new Lookup.NotLogged("not found", 404),
      new Lookup.Unavailable("time-out"),
      new Lookup.Refused("a lie", Optional.empty())
    };
  }

  private static Candidate goMod(FakeModule module) {
    return new Candidate.GoModBytes(module.version(), module.goMod());
  }

  private Candidate zip(byte[] bytes) throws IOException {
    return new Candidate.ZipFile(
        MODULE.version(), Files.write(folder.resolve("candidate.zip"), bytes));
  }

  private Verifier verifier(Lookup answer) {
    return new Verifier(new Oracle(answer, Optional.empty()), threads);
  }

  private Verdict judge(Lookup answer, Candidate candidate) throws IOException {
    Verifier verifier = verifier(answer);
    return verifier.judge(candidate, verifier.expectLogged(MODULE.version()));
  }

  private static VerifiedArtifact proven(Verdict verdict) {
    return assertInstanceOf(Verdict.Proven.class, verdict).artifact();
  }
}
