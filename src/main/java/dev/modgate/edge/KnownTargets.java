package dev.modgate.edge;

import dev.modgate.protocol.Target;
import dev.modgate.protocol.TargetParser;
import dev.modgate.store.Memory;

/** Reads request targets, and remembers those that are part of the protocol: most come again. */
final class KnownTargets {

  /** Targets that are remembered. */
  private static final int MOST = 8192;

  /** Characters of the longest one that is. */
  private static final int LONGEST = 512;

  private final TargetParser parser;
  private final Memory<String, Target.Known> known = Memory.ofEntries(MOST);

  KnownTargets(TargetParser parser) {
    this.parser = parser;
  }

  /** As {@link TargetParser#parse}, of which the answer depends on the target alone. */
  Target parse(String rawTarget) {
    return known.get(rawTarget).map(Target.class::cast).orElseGet(() -> parseAnew(rawTarget));
  }

  private Target parseAnew(String rawTarget) {
    Target target = parser.parse(rawTarget);
    if (target instanceof Target.Known request && rawTarget.length() <= LONGEST) {
      known.put(rawTarget, request);
    }
    return target;
  }
}
