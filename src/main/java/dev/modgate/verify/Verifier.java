package dev.modgate.verify;

import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Lookup;
import dev.modgate.verify.sumdb.Lookups;
import dev.modgate.verify.zip.ModuleZip;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Judges candidates against the checksum database. {@code .mod} and {@code .zip} are each held
 * against their own line; the go.mod inside the zip stands for neither.
 *
 * @see <a href="https://go.dev/ref/mod#checksum-database">go.dev/ref/mod#checksum-database</a>
 */
public final class Verifier {

  private final Lookups database;
  private final ExecutorService threads;

  /**
   * A verifier, which keeps nothing between calls. Safe for many threads.
   *
   * @param database that knows what is true
   * @param threads runs one lookup a task; they wait for the network
   */
  public Verifier(Lookups database, ExecutorService threads) {
    this.database = database;
    this.threads = threads;
  }

  /**
   * Starts to ask the database now, so that the answer is there when the bytes are. Never waits.
   *
   * @param version to ask about
   * @return what the database will have said when it is used
   * @throws java.util.concurrent.RejectedExecutionException if the threads are shut down
   */
  public Expectation expectLogged(ModuleVersion version) {
    Future<Lookup> lookup = threads.submit(() -> database.lookup(version));
    return new Expectation(version, new Expectation.Source.Log(lookup));
  }

  /**
   * Exempts a version from the proof; {@link Provenance.Unlogged} says so for ever. The database is
   * not asked.
   *
   * @param version to believe
   * @param pattern of the operator's that says so, such as one of GONOSUMDB
   * @return an expectation that every sound artifact meets
   */
  public Expectation exempt(ModuleVersion version, String pattern) {
    return new Expectation(version, new Expectation.Source.Operator(pattern));
  }

  /** What is known of a version itself, whatever its artifacts are. */
  public sealed interface Standing {
    /**
     * The database has a record of it.
     *
     * @param treeSize records of the tree that it was proven in, at least 1
     */
    record Logged(long treeSize) implements Standing {}

    /**
     * The operator exempted it.
     *
     * @param pattern that says so
     */
    record Exempt(String pattern) implements Standing {}

    /**
     * The database did not vouch for it.
     *
     * @param lookup the answer; never a {@code Found}
     */
    record Unvouched(Lookup lookup) implements Standing {}
  }

  /**
   * Waits for the database, then says whether it knows the version.
   *
   * @param expectation of any version, made by this class
   * @return {@code Unvouched} with {@code Unavailable} if the thread is interrupted meanwhile
   * @throws IllegalStateException if the lookup threw, which is a bug
   */
  public Standing standing(Expectation expectation) {
    return switch (expectation.source()) {
      case Expectation.Source.Operator(String pattern) -> new Standing.Exempt(pattern);
      case Expectation.Source.Log log ->
          switch (await(log)) {
            case Lookup.Found found -> new Standing.Logged(found.provenIn().size());
            case Lookup other -> new Standing.Unvouched(other);
          };
    };
  }

  /**
   * {@return why nothing is to be believed that this database says, if that is so, in one printable
   * line}
   */
  public Optional<String> alarm() {
    return database.alarm();
  }

  /**
   * Asks the database, waits for it, then judges.
   *
   * @param candidate bytes of a version that the database is asked about
   * @return {@code Proven} by a record of the log, or why not
   * @throws IOException if the candidate's file can't be read, never for what stands in it
   */
  public Verdict judge(Candidate candidate) throws IOException {
    return judge(candidate, expectLogged(candidate.version()));
  }

  /**
   * Reads the candidate, waits for the database, then compares. A zip has to be sound besides: see
   * {@link ModuleZip}.
   *
   * @param candidate what was delivered
   * @param expectation of the same version, made by this class
   * @return {@code Unprovable} if the database did not vouch for the version, has no line for this
   *     artifact, or the thread is interrupted meanwhile
   * @throws IllegalArgumentException if the two are of different versions
   * @throws IOException if the candidate's file can't be read, never for what stands in it
   * @throws IllegalStateException if the lookup threw, which is a bug
   */
  public Verdict judge(Candidate candidate, Expectation expectation) throws IOException {
    return judge(read(candidate), expectation);
  }

  /**
   * Reads the candidate and hashes it; needs no database.
   *
   * @param candidate what was delivered
   * @return what {@link #judge(ReadCandidate, Expectation)} takes
   * @throws IOException if the candidate's file can't be read, never for what stands in it
   */
  public ReadCandidate read(Candidate candidate) throws IOException {
    return new ReadCandidate(candidate, ReadCandidate.hash(candidate));
  }

  /**
   * Waits for the database, then compares.
   *
   * @param read what was delivered
   * @param expectation of the same version, made by this class
   * @return as {@link #judge(Candidate, Expectation)}
   * @throws IllegalArgumentException if the two are of different versions
   * @throws IllegalStateException if the lookup threw, which is a bug
   */
  public Verdict judge(ReadCandidate read, Expectation expectation) {
    Candidate candidate = read.candidate();
    if (!candidate.version().equals(expectation.version())) {
      throw new IllegalArgumentException("candidate and expectation are of different versions");
    }
    return switch (read.hashing()) {
      case ReadCandidate.Hashed(H1 h1) -> compare(candidate, h1, expectation);
      case ReadCandidate.Unsound(String reason) ->
          new Verdict.Refuted("bad-zip", "delivered no sound zip: " + reason);
    };
  }

  private static Lookup await(Expectation.Source.Log log) {
    try {
      return log.lookup().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Lookup.Unavailable("this gate is shutting down");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lookup must answer with a value", e.getCause());
    }
  }

  private static Verdict compare(Candidate candidate, H1 h1, Expectation expectation) {
    return switch (expectation.source()) {
      case Expectation.Source.Operator(String pattern) ->
          proven(candidate, h1, new Provenance.Unlogged(pattern));
      case Expectation.Source.Log log ->
          switch (await(log)) {
            case Lookup.Found found -> compare(candidate, h1, found);
            case Lookup other -> new Verdict.Unprovable(other);
          };
    };
  }

  private static Verdict compare(Candidate candidate, H1 h1, Lookup.Found found) {
    Optional<H1> expected =
        switch (candidate.kind()) {
          case GO_MOD -> found.goMod();
          case ZIP -> found.zip();
        };
    if (expected.isEmpty()) {
      return new Verdict.Unprovable(found);
    }
    if (!expected.get().equals(h1)) {
      return new Verdict.Refuted(
          "checksum-mismatch", "delivered " + h1 + " but the log has " + expected.get());
    }
    return proven(
        candidate,
        h1,
        new Provenance.Logged(found.database(), found.provenIn().size(), found.recordId()));
  }

  private static Verdict proven(Candidate candidate, H1 h1, Provenance provenance) {
    return new Verdict.Proven(new VerifiedArtifact(candidate, h1, provenance));
  }
}
