package dev.modgate.verify.gosum;

import dev.modgate.verify.module.H1;
import dev.modgate.verify.module.ModulePatterns;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Lookup;
import dev.modgate.verify.sumdb.Lookups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Holds claims against a checksum database. */
public final class SumCheck {

  /** Lookups under way at once. */
  public static final int CONCURRENCY = 32;

  private final Lookups database;
  private final ModulePatterns exempt;

  /**
   * A check against one database. Safe for many threads.
   *
   * @param database to hold claims against
   * @param exempt modules that the database must not even be asked about, such as GONOSUMDB
   */
  public SumCheck(Lookups database, ModulePatterns exempt) {
    this.database = database;
    this.exempt = exempt;
  }

  /**
   * A claim and what was found.
   *
   * @param claim as it was given
   * @param finding of that claim alone
   */
  public record Checked(Claim claim, Finding finding) {}

  /**
   * Asks once for each module version, at most {@link #CONCURRENCY} at a time; waits for all.
   *
   * @param claims of any number
   * @param tick runs after each claim, on this thread
   * @return the findings in the order of the claims
   * @throws InterruptedException if the thread is interrupted; the lookups under way are too
   * @throws IllegalStateException if a lookup threw, which is a bug
   */
  public List<Checked> check(List<Claim> claims, Runnable tick) throws InterruptedException {
    Map<ModuleVersion, Future<Answer>> asked = new HashMap<>();
    List<Future<Answer>> answers = new ArrayList<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Semaphore room = new Semaphore(CONCURRENCY);
      for (Claim claim : claims) {
        answers.add(
            asked.computeIfAbsent(
                claim.module(), module -> threads.submit(() -> answer(module, room))));
      }
      List<Checked> findings = new ArrayList<>();
      for (int i = 0; i < claims.size(); i++) {
        Claim claim = claims.get(i);
        findings.add(new Checked(claim, finding(claim, await(answers.get(i)))));
        tick.run();
      }
      return findings;
    } catch (InterruptedException e) {
      threads.shutdownNow();
      throw e;
    } finally {
      threads.close();
    }
  }

  private sealed interface Answer {
    record Passed(String pattern) implements Answer {}

    record Asked(Lookup lookup) implements Answer {}
  }

  private Answer answer(ModuleVersion module, Semaphore room) throws InterruptedException {
    Optional<String> pattern = exempt.firstMatch(module.path().text());
    if (pattern.isPresent()) {
      return new Answer.Passed(pattern.get());
    }
    room.acquire();
    try {
      return new Answer.Asked(database.lookup(module));
    } finally {
      room.release();
    }
  }

  private static Answer await(Future<Answer> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lookup must answer with a value", e.getCause());
    }
  }

  private static Finding finding(Claim claim, Answer answer) {
    return switch (answer) {
      case Answer.Passed(String pattern) -> new Finding.Exempt(pattern);
      case Answer.Asked(Lookup.Found found) -> compare(claim, found);
      case Answer.Asked(Lookup.NotLogged(String _, int status)) ->
          new Finding.NotLogged("the database answers " + status);
      case Answer.Asked(Lookup.Unavailable(String reason)) -> new Finding.Unavailable(reason);
      case Answer.Asked(Lookup.Refused(String reason, var _)) -> new Finding.Refused(reason);
    };
  }

  private static Finding compare(Claim claim, Lookup.Found found) {
    Optional<H1> logged =
        switch (claim.kind()) {
          case GO_MOD -> found.goMod();
          case ZIP -> found.zip();
        };
    if (logged.isEmpty()) {
      return new Finding.NotLogged("the record of this version has no such line");
    }
    H1 claimed = claim.hash().orElse(logged.get());
    return claimed.equals(logged.get())
        ? new Finding.Proven(claimed, found.provenIn().size())
        : new Finding.Mismatch(claimed, logged.get());
  }
}
