package dev.modgate.probe;

import dev.modgate.chain.Sighting;
import dev.modgate.chain.WitnessedMirror;
import dev.modgate.probe.ProbeReport.Suggestion;
import dev.modgate.verify.module.ModuleVersion;
import dev.modgate.verify.sumdb.Lookup;
import dev.modgate.verify.sumdb.Lookups;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a mirror what a gate asks, once, and looks at its face meanwhile. */
public final class MirrorProbe {

  /** Checks of a mirror that answers, for a progress bar. */
  public static final int CHECKS = 9;

  /** Names of a certificate that are few enough to be pinned all. */
  private static final int FEW_NAMES = 4;

  private static final Pattern ORGANIZATION = Pattern.compile("(?:^|,)(O=[^,\\\\]+)");

  private final URI url;
  private final WitnessedMirror mirror;

  /**
   * @param url of the mirror, without credentials
   */
  public MirrorProbe(URI url, WitnessedMirror mirror) {
    this.url = url;
    this.mirror = mirror;
  }

  /**
   * A checksum database.
   *
   * @param lookups asks the mirror, if the mirror relays it
   */
  public record Log(String name, Lookups lookups) {}

  /**
   * Waits for every answer.
   *
   * @param log that proves the module; empty for one that it must not hear of
   * @param tick runs after each check
   */
  public ProbeReport probe(ModuleVersion module, Optional<Log> log, Runnable tick) {
    Conformance rules = new Conformance(mirror, module, tick);
    rules.list();
    if (rules.unreachable().isPresent()) {
      return report(module, rules.unreachable(), List.of());
    }
    rules.artifacts(log.flatMap(known -> lookup(known, module, rules)));
    rules.latest();
    rules.whatIsNotThere();
    return report(module, Optional.empty(), rules.checks());
  }

  private static Optional<Lookup.Found> lookup(Log log, ModuleVersion module, Conformance rules) {
    boolean relayed = rules.relays(log.name());
    long start = System.nanoTime();
    Lookup lookup = log.lookups().lookup(module);
    if (relayed) {
      rules.lookup(lookup, Duration.ofNanos(System.nanoTime() - start));
    }
    return lookup instanceof Lookup.Found found ? Optional.of(found) : Optional.empty();
  }

  private ProbeReport report(
      ModuleVersion module, Optional<String> refused, List<ProbeReport.Check> checks) {
    Sighting seen = mirror.sighting();
    Looks looks = new Looks(seen.answers());
    return new ProbeReport(
        url.toString(),
        module.toString(),
        refused,
        seen.presented().stream().map(CertificateFacts::of).toList(),
        seen.connection().map(MirrorProbe::connection),
        looks.headers(),
        looks.makers(),
        checks,
        suggestion(seen, looks));
  }

  private static ProbeReport.Connection connection(Sighting.Connection seen) {
    return new ProbeReport.Connection(
        seen.address().getHostAddress(),
        seen.http(),
        seen.tls(),
        seen.cipher(),
        seen.connect(),
        seen.handshake());
  }

  /** Of what was proven; nothing of a face that was refused is worth a pin. */
  private Suggestion suggestion(Sighting seen, Looks looks) {
    List<X509Certificate> proven =
        seen.connection().map(Sighting.Connection::proven).orElse(List.of());
    if (proven.isEmpty()) {
      return new Suggestion(List.of(), List.of(), looks.globs(), "");
    }
    List<X509Certificate> above = proven.size() > 1 ? proven.subList(1, proven.size()) : proven;
    CertificateFacts own = CertificateFacts.of(proven.getFirst());
    return new Suggestion(
        above.stream().map(CertificateFacts::pin).distinct().toList(),
        own.names().size() <= FEW_NAMES
            ? own.names()
            : own.names().stream().filter(this::isOurs).toList(),
        looks.globs(),
        issuer(own.issuer()));
  }

  private boolean isOurs(String name) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return host.equalsIgnoreCase(name)
        || (name.startsWith("*.") && host.endsWith(name.substring(1).toLowerCase(Locale.ROOT)));
  }

  /** The organization: its authorities have names that come and go. */
  private static String issuer(String distinguishedName) {
    Matcher organization = ORGANIZATION.matcher(distinguishedName);
    return organization.find() ? "*" + Looks.glob(organization.group(1)) + "*" : "";
  }
}
