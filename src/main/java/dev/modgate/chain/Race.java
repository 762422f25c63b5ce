package dev.modgate.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The turns of requests that want the same thing: the first to take its turn wins. */
final class Race {

  private final Map<Runner, List<Runnable>> stops = new HashMap<>();
  private Optional<Runner> winner = Optional.empty();

  /** The turn of one more request. */
  Turn enter() {
    return new Runner();
  }

  private final class Runner implements Turn {

    @Override
    public boolean take() {
      List<Runnable> losers = new ArrayList<>();
      boolean mine;
      synchronized (Race.this) {
        if (winner.isEmpty()) {
          winner = Optional.of(this);
          stops.forEach(
              (runner, actions) -> losers.addAll(runner.equals(this) ? List.of() : actions));
        }
        mine = winner.orElseThrow().equals(this);
      }
      losers.forEach(Runnable::run);
      return mine;
    }

    @Override
    public boolean isLost() {
      synchronized (Race.this) {
        return winner.isPresent() && !winner.get().equals(this);
      }
    }

    @Override
    public Watch onLost(Runnable stop) {
      boolean lost;
      synchronized (Race.this) {
        lost = isLost();
        stops.computeIfAbsent(this, _ -> new ArrayList<>()).add(stop);
      }
      if (lost) {
        stop.run();
      }
      return () -> {
        synchronized (Race.this) {
          stops.getOrDefault(this, new ArrayList<>()).remove(stop);
        }
      };
    }
  }
}
