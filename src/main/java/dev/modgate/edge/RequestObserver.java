package dev.modgate.edge;

import dev.modgate.pipeline.Outcome;
import dev.modgate.protocol.Build;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Watches requests; it decorates and never steers. */
public interface RequestObserver {

  /**
   * A request has been read.
   *
   * @param method GET or HEAD
   * @param route without names in it, see {@link dev.modgate.protocol.Request#route}
   * @param build that the request belongs to
   * @param traceparent W3C trace context, as the client sent it
   */
  Observation begin(
      String method, String route, Optional<Build> build, Optional<String> traceparent);

  /** A request has been answered that was not understood, or for which there was no room. */
  void turnedAway(String method, int status, Duration time);

  /** One request that is watched. */
  interface Observation {

    /** 32 hex digits, also when nothing is exported. */
    String traceId();

    /** Runs the work of the request, so that what it causes is seen as its part. */
    Outcome call(Callable<Outcome> work) throws Exception;

    /** Its outcome is at hand: there is no work. */
    void known(Outcome outcome);

    /** What the work has waited for; noted for the requests of builds alone. */
    List<Wait> waits();

    /**
     * The last byte has been sent, or the connection is gone.
     *
     * @param bytes of the body that were handed to the connection
     */
    void end(int status, long bytes);
  }

  /**
   * Something outside that the work of a request waited for. Several may have been waited for at
   * the same time.
   *
   * @param on the name of a mirror or of a checksum database, or a few words
   * @param failure empty if it brought what was wanted
   */
  record Wait(String on, Duration took, Optional<String> failure) {}
}
