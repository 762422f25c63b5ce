package dev.modgate.chain;

import dev.modgate.chain.tls.Tls;
import dev.modgate.chain.wire.UpstreamSockets;
import dev.modgate.secret.SecretListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A mirror as {@link Mirrors} makes it, without breaker and bulkhead, and with a witness. */
public final class WitnessedMirror implements Mirror, AutoCloseable {

  private final ScheduledThreadPoolExecutor clock = HttpClients.clock();
  private final Witness witness = new Witness();
  private final HttpClients clients;
  private final HttpMirror mirror;

  /**
   * @param spool where files land
   */
  public WitnessedMirror(MirrorSettings settings, Spool spool) {
    Tls tls = Tls.of(settings.tls(), List.of(), witness::presented);
    MirrorCredentials credentials =
        new MirrorCredentials(InstantSource.system(), SecretListener.none());
    this.clients =
        new HttpClients(
            settings,
            tls,
            credentials.certificate(settings),
            clock,
            new UpstreamSockets(true),
            witness::watch);
    this.mirror =
        new HttpMirror(
            settings,
            clients,
            credentials.of(settings, clients),
            new BodyReader(spool),
            Optional::empty);
  }

  @Override
  public String name() {
    return mirror.name();
  }

  @Override
  public Reply get(MirrorRequest request) {
    return mirror.get(request);
  }

  /** What was seen so far. */
  public Sighting sighting() {
    return witness.sighting();
  }

  @Override
  public void close() {
    clients.close();
    clock.shutdownNow();
  }
}
