package dev.modgate.chain;

import dev.modgate.admission.Permit;
import dev.modgate.chain.ProxyList.Separator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the {@code goproxy} list: "not there" goes on, a failure goes on behind {@code |} and ends
 * the walk behind {@code ,}. A delivery that the examiner refutes goes on behind both: it is called
 * untrue only when the public log knows the module, so no private name is given away by asking on.
 */
public final class MirrorChain {

  private final ProxyList list;
  private final Map<String, Mirror> mirrors;
  private final Set<String> confidential;
  private final Itinerary itinerary;
  private final Conduct conduct;
  private final Duration timeout;

  /**
   * @param mirrors by name, all that the list names
   * @param confidential the mirrors that may hear the names of private modules
   */
  MirrorChain(
      ProxyList list,
      Map<String, Mirror> mirrors,
      Set<String> confidential,
      Itinerary itinerary,
      Conduct conduct,
      Duration timeout) {
    this.list = list;
    this.mirrors = Map.copyOf(mirrors);
    this.confidential = Set.copyOf(confidential);
    this.itinerary = itinerary;
    this.conduct = conduct;
    this.timeout = timeout;
  }

  /**
   * How a chain asks.
   *
   * @param timeout of one fetch, over all mirrors
   * @param bySpeed whether a faster mirror is asked before a slower one
   * @param hedgeAtLeast how long a mirror is waited for before the next is asked besides; empty:
   *     never besides
   */
  public record Rules(Duration timeout, boolean bySpeed, Optional<Duration> hedgeAtLeast) {}

  /**
   * Judges a delivery. It takes the payload over: whatever it decides, the file is moved or gone.
   *
   * @param <T> what it makes of an acceptable one
   */
  public interface Examiner<T> {
    /**
     * Judges.
     *
     * @param mirror who delivered it
     * @param alone false if its first bytes came from another mirror: then nobody is to blame
     */
    Examination<T> examine(Payload payload, String mirror, boolean alone);

    /** Is told of files while they come in that it may have to judge. */
    default Arrivals arrivals() {
      return Arrivals.UNWATCHED;
    }
  }

  /** A judgement. */
  public sealed interface Examination<T> {}

  /** The delivery is good, or its faults are not the mirror's. */
  public record Accepted<T>(T value) implements Examination<T> {}

  /** The mirror delivered something untrue. */
  public record Refuted<T>(String reason) implements Examination<T> {}

  /** Asks one mirror after the other until one delivers what the examiner accepts. */
  public <T> Fetched<T> fetch(Permit permit, Examiner<T> examiner) {
    MirrorRequest request =
        MirrorRequest.of(permit.request()).by(Deadline.in(timeout)).watched(examiner.arrivals());
    Walk<T> walk = new Walk<>(conduct, request, examiner);
    for (Itinerary.Leg leg : itinerary.plan(heard(permit.reach()))) {
      switch (leg) {
        case Itinerary.End() -> walk.off();
        case Itinerary.Run(List<String> run, Separator behind) ->
            walk.ask(run.stream().map(this::mirror).toList(), behind);
      }
      if (walk.isOver()) {
        break;
      }
    }
    return walk.result();
  }

  private List<ProxyList.Step> heard(Permit.Reach reach) {
    return list.steps().stream().filter(step -> mayHear(step, reach)).toList();
  }

  private boolean mayHear(ProxyList.Step step, Permit.Reach reach) {
    return switch (step) {
      case ProxyList.Off() -> true;
      case ProxyList.Ask(String mirror, Separator _) ->
          switch (reach) {
            case EVERY_MIRROR -> true;
            case PRIVATE_MIRRORS -> confidential.contains(mirror);
          };
    };
  }

  private Mirror mirror(String name) {
    return Optional.ofNullable(mirrors.get(name)).orElseThrow();
  }
}
