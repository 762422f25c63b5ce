package dev.modgate.gateway;

import dev.modgate.chain.IdentitySettings;
import dev.modgate.chain.Mirror;
import dev.modgate.chain.MirrorChain;
import dev.modgate.chain.MirrorSettings;
import dev.modgate.chain.Mirrors;
import dev.modgate.chain.ProxyList;
import dev.modgate.chain.ProxyList.Separator;
import dev.modgate.chain.tls.TlsSettings;
import dev.modgate.config.Configuration;
import dev.modgate.config.GoProxy;
import dev.modgate.config.Order;
import dev.modgate.direct.DirectMirror;
import dev.modgate.secret.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The mirrors that {@code goproxy} names.
 *
 * @param chain that asks them
 * @param inOrder the mirrors themselves, without {@code direct}, in the order in which they are
 *     asked
 */
record Upstreams(MirrorChain chain, List<Mirror> inOrder) {

  /**
   * @param direct what asks origins, if somebody fetches modules at all
   */
  static Upstreams of(Configuration configuration, Mirrors mirrors, Optional<Mirror> direct) {
    Map<String, Mirror> asked = new LinkedHashMap<>();
    Set<String> confidential = new HashSet<>();
    List<ProxyList.Step> steps = new ArrayList<>();
    for (GoProxy.Step step : configuration.goproxy().steps()) {
      steps.add(
          switch (step) {
            case GoProxy.Off() -> new ProxyList.Off();
            case GoProxy.Direct() -> new ProxyList.Ask(DirectMirror.NAME, Separator.COMMA);
            case GoProxy.Ask(String name, boolean afterAnyError) -> {
              var mirror = configuration.mirror(name);
              asked.computeIfAbsent(name, _ -> mirrors.of(settings(mirror)));
              if (mirror.isPrivate()) {
                confidential.add(name);
              }
              yield new ProxyList.Ask(name, afterAnyError ? Separator.PIPE : Separator.COMMA);
            }
          });
    }
    List<Mirror> inOrder = List.copyOf(asked.values());
    if (direct.isPresent()) {
      asked.put(DirectMirror.NAME, direct.get());
      // A private module's name goes to the module's own host.
      confidential.add(DirectMirror.NAME);
    }
    return new Upstreams(
        mirrors.chain(new ProxyList(steps), asked, confidential, rules(configuration.fetching())),
        inOrder);
  }

  Set<String> names() {
    return inOrder.stream().map(Mirror::name).collect(Collectors.toUnmodifiableSet());
  }

  private static MirrorChain.Rules rules(Configuration.Fetching fetching) {
    return new MirrorChain.Rules(
        fetching.timeout(), fetching.order() == Order.ADAPTIVE, hedgeAtLeast(fetching));
  }

  /** Empty if no mirror is asked besides another. */
  static Optional<Duration> hedgeAtLeast(Configuration.Fetching fetching) {
    return fetching.hedge() ? Optional.of(fetching.hedgeAtLeast()) : Optional.empty();
  }

  static MirrorSettings settings(dev.modgate.config.MirrorSettings mirror) {
    var t = mirror.timeouts();
    var b = mirror.breaker();
    var h = mirror.health();
    return new MirrorSettings(
        mirror.name(),
        mirror.url(),
        mirror.credentials(),
        new MirrorSettings.Timeouts(t.connect(), t.firstByte(), t.idle(), t.total()),
        new MirrorSettings.Breaker(
            b.window(), b.failureRate(), b.slowCall(), b.open(), b.halfOpenCalls()),
        new MirrorSettings.Health(
            Optional.of(h.path()).filter(path -> !path.isEmpty()),
            h.interval(),
            h.failures(),
            h.successes()),
        new MirrorSettings.Retry(mirror.retry().attempts(), mirror.retry().budget()),
        new MirrorSettings.Lies(mirror.lies().most(), mirror.lies().window(), mirror.lies().out()),
        mirror.concurrency(),
        mirror.traceContext(),
        mirror.isPrivate(),
        mirror.certificate(),
        tls(mirror.tls()),
        new IdentitySettings(mirror.identity().headers(), mirror.identity().issuer()));
  }

  private static TlsSettings tls(dev.modgate.config.MirrorSettings.Tls tls) {
    return new TlsSettings(
        tls.authorities(),
        Set.copyOf(tls.pins()),
        Set.copyOf(tls.names()),
        switch (tls.revocation()) {
          case OFF -> TlsSettings.Revocation.OFF;
          case OCSP -> TlsSettings.Revocation.OCSP;
          case OCSP_REQUIRED -> TlsSettings.Revocation.OCSP_REQUIRED;
        });
  }

  /** A checksum database's own address, asked like a mirror, with the deadlines of one. */
  static MirrorSettings database(String name, URI url, Configuration configuration) {
    MirrorSettings like = settings(configuration.mirrors().getFirst());
    return new MirrorSettings(
        name,
        url,
        new Credentials.None(),
        like.timeouts(),
        like.breaker(),
        new MirrorSettings.Health(
            Optional.empty(),
            like.health().interval(),
            like.health().failures(),
            like.health().successes()),
        like.retry(),
        like.lies(),
        like.concurrency(),
        false,
        false,
        Optional.empty(),
        TlsSettings.standard(),
        IdentitySettings.none());
  }
}
