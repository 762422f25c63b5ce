package dev.modgate.chain;

import dev.modgate.verify.sumdb.LogSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Two sources of a checksum database for one lookup. They race for its first answer; who wins it
 * answers all that the lookup needs besides and bears the name, so what is refuted was said by the
 * one that is named. The other stands behind it, and is asked alone.
 *
 * <p>Tiles are not mixed: if the other has a tile sooner, the winner is left for it, and what the
 * winner had begun is begun anew there.
 */
final class HedgedLog {

  private final LogEndpoint first;
  private final LogEndpoint second;
  private final Optional<Duration> lookupBehind;
  private final Hedge hedge;
  private final Map<String, LogSource.Answer> absences = new ConcurrentHashMap<>();
  private Optional<LogEndpoint> chosen = Optional.empty();

  /**
   * @param first who is asked, with the deadlines of its mirror
   * @param second who is asked besides, with the deadlines that it has behind the first
   */
  HedgedLog(LogEndpoint first, LogEndpoint second, Hedge hedge) {
    this.first = first;
    this.second = second.hasty();
    this.lookupBehind = second.lookup();
    this.hedge = hedge;
  }

  /** The two of them, in the order to try. */
  List<LogSource> inOrder() {
    return List.of(new Front(), new Behind());
  }

  private final class Front implements LogSource {

    @Override
    public String name() {
      return front().name();
    }

    @Override
    public Answer get(String path) {
      return path.startsWith("/tile/") ? tile(path) : race(path);
    }
  }

  private final class Behind implements LogSource {

    @Override
    public String name() {
      return other().name();
    }

    /** What it said in the race is not asked again. */
    @Override
    public Answer get(String path) {
      return Optional.ofNullable(absences.remove(path))
          .orElseGet(() -> other().waiting(lookupBehind).get(path));
    }
  }

  private synchronized LogEndpoint front() {
    return chosen.orElse(first);
  }

  private synchronized LogEndpoint other() {
    return front().equals(first) ? second : first;
  }

  /** The one that is in front from now on. */
  private synchronized LogEndpoint choose(LogEndpoint endpoint) {
    LogEndpoint now = chosen.orElse(endpoint);
    chosen = Optional.of(now);
    return now;
  }

  /** The first answer decides who is in front; later ones are asked of that one alone. */
  private LogSource.Answer race(String path) {
    if (isChosen()) {
      return front().get(path);
    }
    List<Hedge.Answer> answers =
        hedge.ask(first.mirror(), Optional.of(second.mirror()), first.request(path));
    Optional<Hedge.Answer> ofFirst = by(first, answers);
    Hedge.Answer last = answers.getLast();
    if (ofFirst.isEmpty() || (isBy(second, last) && last.reply() instanceof Reply.Content)) {
      choose(second);
      return LogEndpoint.answer(last.reply());
    }
    by(second, answers)
        .filter(answer -> answer.reply() instanceof Reply.NotThere)
        .ifPresent(answer -> absences.put(path, LogEndpoint.answer(answer.reply())));
    choose(first);
    return LogEndpoint.answer(ofFirst.get().reply());
  }

  private LogSource.Answer tile(String path) {
    LogEndpoint front = choose(first);
    LogEndpoint other = other();
    return by(front, hedge.ask(front.mirror(), Optional.of(other.mirror()), front.request(path)))
        .map(answer -> LogEndpoint.answer(answer.reply()))
        .orElseGet(() -> new LogSource.Answer.Failed("slower than " + other.name()));
  }

  private synchronized boolean isChosen() {
    return chosen.isPresent();
  }

  private static Optional<Hedge.Answer> by(LogEndpoint endpoint, List<Hedge.Answer> answers) {
    return answers.stream().filter(answer -> isBy(endpoint, answer)).findFirst();
  }

  private static boolean isBy(LogEndpoint endpoint, Hedge.Answer answer) {
    return answer.mirror().equals(endpoint.mirror());
  }
}
