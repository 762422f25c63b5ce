package dev.modgate.chain;

import dev.modgate.admission.Permit;
import java.util.ArrayList;
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

  /**
   * @param mirrors by name, all that the list names
   * @param confidential the mirrors that may hear the names of private modules
   */
  public MirrorChain(ProxyList list, Map<String, Mirror> mirrors, Set<String> confidential) {
    this.list = list;
    this.mirrors = Map.copyOf(mirrors);
    this.confidential = Set.copyOf(confidential);
  }

  /**
   * Judges a delivery. It takes the payload over: whatever it decides, the file is moved or gone.
   *
   * @param <T> what it makes of an acceptable one
   */
  public interface Examiner<T> {
    Examination<T> examine(Payload payload, String mirror);
  }

  /** A judgement. */
  public sealed interface Examination<T> {}

  /** The delivery is good, or its faults are not the mirror's. */
  public record Accepted<T>(T value) implements Examination<T> {}

  /** The mirror delivered something untrue. */
  public record Refuted<T>(String reason) implements Examination<T> {}

  /** Asks one mirror after the other until one delivers what the examiner accepts. */
  public <T> Fetched<T> fetch(Permit permit, Examiner<T> examiner) {
    MirrorRequest request = MirrorRequest.of(permit.request());
    Walk<T> walk = new Walk<>();
    for (ProxyList.Step step : list.steps()) {
      switch (step) {
        case ProxyList.Off() -> walk.off();
        case ProxyList.Ask(String name, ProxyList.Separator behind) -> {
          if (mayHear(name, permit.reach())) {
            walk.ask(mirror(name), request, examiner, behind);
          }
        }
      }
      if (walk.isOver()) {
        break;
      }
    }
    return walk.result();
  }

  private boolean mayHear(String mirror, Permit.Reach reach) {
    return switch (reach) {
      case EVERY_MIRROR -> true;
      case PRIVATE_MIRRORS -> confidential.contains(mirror);
    };
  }

  private Mirror mirror(String name) {
    return Optional.ofNullable(mirrors.get(name)).orElseThrow();
  }

  /** One walk: what it met so far. */
  private static final class Walk<T> {
    private final List<Fetched.Attempt> failures = new ArrayList<>();
    private Optional<Fetched<T>> found = Optional.empty();
    private Fetched<T> absent =
        new Fetched.Absent<>(404, "no mirror is configured for this module", "none");
    private boolean stopped;

    void ask(
        Mirror mirror, MirrorRequest request, Examiner<T> examiner, ProxyList.Separator behind) {
      switch (mirror.get(request)) {
        case Reply.Content(Payload payload, var _) -> {
          switch (examiner.examine(payload, mirror.name())) {
            case Accepted<T>(T value) ->
                found =
                    Optional.of(new Fetched.Found<>(value, mirror.name(), List.copyOf(failures)));
            case Refuted<T>(String reason) -> fail(mirror, new Failure.Refuted(reason), false);
          }
        }
        case Reply.NotThere(int status, String text) ->
            absent = new Fetched.Absent<>(status, text, mirror.name());
        case Reply.Failed(Failure failure) ->
            fail(mirror, failure, behind == ProxyList.Separator.COMMA);
      }
    }

    void off() {
      absent = new Fetched.Absent<>(404, "module lookup disabled by goproxy: off", "off");
      stopped = true;
    }

    boolean isOver() {
      return stopped || found.isPresent();
    }

    Fetched<T> result() {
      return found.orElseGet(
          () -> failures.isEmpty() ? absent : new Fetched.Failed<>(List.copyOf(failures)));
    }

    private void fail(Mirror mirror, Failure failure, boolean stop) {
      failures.add(new Fetched.Attempt(mirror.name(), failure));
      stopped = stop;
    }
  }
}
