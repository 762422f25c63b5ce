package dev.modgate.builds;

import dev.modgate.document.JsonLine;
import dev.modgate.edge.BuildShare;
import dev.modgate.edge.RequestObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The answers that took the longest, and what they waited for. */
final class Slowest {

  private static final int MOST = 5;

  /** Of what one answer waited for. */
  private static final int MOST_WAITS = 3;

  private final List<Slow> slow = new ArrayList<>();

  /** One answer. */
  private record Slow(BuildShare share, Optional<String> mirror) {
    JsonLine json() {
      return new JsonLine()
          .text("subject", share.subject())
          .text("part", word(share.part()))
          .number("millis", share.took().toMillis())
          .text("source", mirror)
          .objects("waits", waits().map(Slow::json).toList());
    }

    /** Those that made up a tenth of the time. */
    private java.util.stream.Stream<RequestObserver.Wait> waits() {
      Duration tenth = share.took().dividedBy(10);
      return share.waits().stream()
          .filter(wait -> wait.took().compareTo(tenth) >= 0)
          .limit(MOST_WAITS);
    }

    private static JsonLine json(RequestObserver.Wait wait) {
      return new JsonLine()
          .text("on", wait.on())
          .number("millis", wait.took().toMillis())
          .text("failure", wait.failure());
    }

    private static String word(BuildShare.Part part) {
      return switch (part) {
        case ZIP -> "zip";
        case GO_MOD -> "mod";
        case INFO -> "info";
        case VERSIONS -> "versions";
        case LOG -> "log";
      };
    }
  }

  void add(BuildShare share, Optional<String> mirror) {
    slow.add(new Slow(share, mirror));
    slow.sort(Comparator.comparing((Slow one) -> one.share().took()).reversed());
    if (slow.size() > MOST) {
      slow.removeLast();
    }
  }

  List<JsonLine> json() {
    return slow.stream().map(Slow::json).toList();
  }
}
