package dev.modgate.builds;

import dev.modgate.edge.Served;
import dev.modgate.edge.ServedObserver;
import dev.modgate.protocol.Build;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The accounts of the builds that asked last; safe for many threads. */
public final class Builds implements ServedObserver {

  /** Accounts, of at most some 30 KB each; the build that has been silent for the longest goes. */
  private static final int MOST = 256;

  private final InstantSource clock;
  private final Map<String, BuildAccount> accounts = new LinkedHashMap<>(16, 0.75f, true);

  public Builds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void asked(Build build) {
    account(build.id()).asked(clock.instant());
  }

  @Override
  public void served(Served served) {
    served
        .share()
        .ifPresent(share -> account(share.build().id()).served(served, share, clock.instant()));
  }

  /** What is known of a build: one JSON object. */
  public Optional<String> json(String id) {
    return find(id).map(account -> account.json(id).toString());
  }

  /** Builds that are known, at most {@value #MOST}. */
  public int size() {
    synchronized (accounts) {
      return accounts.size();
    }
  }

  private Optional<BuildAccount> find(String id) {
    synchronized (accounts) {
      return Optional.ofNullable(accounts.get(id));
    }
  }

  private BuildAccount account(String id) {
    synchronized (accounts) {
      BuildAccount account = accounts.computeIfAbsent(id, _ -> new BuildAccount(clock.instant()));
      if (accounts.size() > MOST) {
        accounts.remove(accounts.keySet().iterator().next());
      }
      return account;
    }
  }
}
