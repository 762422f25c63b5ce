package dev.modgate.chain;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the mirrors are treated by what they did: who is asked besides, who is believed, who is taken
 * out.
 */
final class Conduct {

  private static final System.Logger LOG = System.getLogger("modgate.chain");

  private final Roster roster;
  private final Convictions convictions;
  private final Map<String, MirrorSettings.Lies> rules;
  private final Hedge hedge;

  /**
   * @param rules of each mirror; one that has none is never taken out
   */
  Conduct(
      Roster roster, Convictions convictions, Map<String, MirrorSettings.Lies> rules, Hedge hedge) {
    this.roster = roster;
    this.convictions = convictions;
    this.rules = Map.copyOf(rules);
    this.hedge = hedge;
  }

  Hedge hedge() {
    return hedge;
  }

  boolean isHealthy(String mirror) {
    return roster.state(mirror).health() == Health.HEALTHY;
  }

  /** Why the mirror is not to be asked for this, if it lied about it. */
  Optional<String> conviction(String mirror, String path) {
    return convictions.of(mirror, path);
  }

  /** Remembers a lie, and takes the mirror out if it was one too many. */
  void convict(String mirror, String path, String reason) {
    convictions.remember(mirror, path, reason);
    Optional.ofNullable(rules.get(mirror)).ifPresent(lies -> judge(mirror, lies));
  }

  private void judge(String mirror, MirrorSettings.Lies lies) {
    int count = convictions.count(mirror, lies.window());
    if (count >= lies.most()) {
      roster
          .state(mirror)
          .takeOut(lies.out(), "it delivered " + count + " different untrue artifacts");
      LOG.log(
          System.Logger.Level.ERROR,
          "mirror {0} is taken out for {1}: it delivered {2} different untrue artifacts within {3};"
              + " what it delivered is in the quarantine",
          mirror,
          text(lies.out()),
          count,
          text(lies.window()));
    }
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
