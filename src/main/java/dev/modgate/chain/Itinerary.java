package dev.modgate.chain;

import dev.modgate.chain.ProxyList.Separator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * In which order a request asks the mirrors. What the operator wrote decides who may be asked after
 * whom; health and speed decide only among mirrors that are joined by {@code |} and are equally
 * private, because asking one of them before the other tells nobody more than a failure would.
 */
final class Itinerary {

  /** A mirror overtakes another if it takes less than this part of its time. */
  private static final int TIMES_FASTER = 2;

  /** And by at least this much. */
  private static final Duration WORTH_IT = Duration.ofMillis(10);

  /** One request of so many keeps the written order, so that a slow mirror can get better. */
  private static final int EXPLORE = 32;

  private final Roster roster;
  private final Set<String> confidential;
  private final boolean bySpeed;
  private final AtomicLong requests = new AtomicLong();

  /**
   * @param confidential the mirrors that may hear the names of private modules
   * @param bySpeed whether a faster mirror is asked before a slower one
   */
  Itinerary(Roster roster, Set<String> confidential, boolean bySpeed) {
    this.roster = roster;
    this.confidential = Set.copyOf(confidential);
    this.bySpeed = bySpeed;
  }

  /** A part of the way. */
  sealed interface Leg {}

  /**
   * Mirrors of which each is asked when the one before did not help.
   *
   * @param behind what follows the last of them
   */
  record Run(List<String> mirrors, Separator behind) implements Leg {
    Run {
      mirrors = List.copyOf(mirrors);
    }
  }

  /** Nothing is asked from here on. */
  record End() implements Leg {}

  /** The way of one request over the mirrors that may hear of it. */
  List<Leg> plan(List<ProxyList.Step> steps) {
    boolean explore = requests.incrementAndGet() % EXPLORE == 0;
    List<Leg> legs = new ArrayList<>();
    List<Run> joined = new ArrayList<>();
    for (ProxyList.Step step : steps) {
      switch (step) {
        case ProxyList.Ask ask -> add(ask, joined);
        case ProxyList.Off() -> {}
      }
      boolean ends =
          switch (step) {
            case ProxyList.Ask(String _, Separator behind) -> behind == Separator.COMMA;
            case ProxyList.Off() -> true;
          };
      if (ends) {
        legs.addAll(settle(joined, explore));
        joined.clear();
      }
      if (step instanceof ProxyList.Off) {
        legs.add(new End());
      }
    }
    legs.addAll(settle(joined, explore));
    return legs;
  }

  /** Joins a mirror to the run before if they are equally private. */
  private void add(ProxyList.Ask ask, List<Run> joined) {
    if (!joined.isEmpty()
        && isPrivate(joined.getLast().mirrors().getLast()) == isPrivate(ask.mirror())) {
      List<String> mirrors = new ArrayList<>(joined.removeLast().mirrors());
      mirrors.add(ask.mirror());
      joined.add(new Run(mirrors, ask.behind()));
    } else {
      joined.add(new Run(List.of(ask.mirror()), ask.behind()));
    }
  }

  private boolean isPrivate(String mirror) {
    return confidential.contains(mirror);
  }

  /** Sorts each run, and puts runs that are unfit behind the others; separators stay in place. */
  private List<Run> settle(List<Run> joined, boolean explore) {
    List<Run> fit = new ArrayList<>();
    List<Run> unfit = new ArrayList<>();
    for (Run run : joined) {
      Run sorted = new Run(sorted(run.mirrors(), explore), run.behind());
      (isFit(sorted.mirrors().getFirst()) ? fit : unfit).add(sorted);
    }
    fit.addAll(unfit);
    List<Run> settled = new ArrayList<>();
    for (int i = 0; i < fit.size(); i++) {
      settled.add(new Run(fit.get(i).mirrors(), joined.get(i).behind()));
    }
    return settled;
  }

  private boolean isFit(String mirror) {
    return health(mirror) == Health.HEALTHY;
  }

  private Health health(String mirror) {
    return roster.state(mirror).health();
  }

  /** The healthy ones first; among equals the written order, unless another is much faster. */
  List<String> sorted(List<String> mirrors, boolean explore) {
    List<String> sorted = new ArrayList<>(mirrors);
    if (bySpeed && !explore) {
      for (int i = 1; i < sorted.size(); i++) {
        for (int j = i; j > 0 && isMuchFaster(sorted.get(j), sorted.get(j - 1)); j--) {
          sorted.set(j, sorted.set(j - 1, sorted.get(j)));
        }
      }
    }
    sorted.sort(Comparator.comparing(this::health));
    return sorted;
  }

  private boolean isMuchFaster(String one, String other) {
    Optional<Duration> mine = roster.state(one).firstByte(50);
    Optional<Duration> theirs = roster.state(other).firstByte(50);
    return mine.isPresent()
        && theirs.isPresent()
        && mine.get().multipliedBy(TIMES_FASTER).compareTo(theirs.get()) < 0
        && theirs.get().minus(mine.get()).compareTo(WORTH_IT) >= 0;
  }
}
