package dev.modgate.edge;

import dev.modgate.pipeline.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Watches requests; it decorates and never steers. */
public interface RequestObserver {

  /**
   * A request has been read.
   *
   * @param method GET or HEAD
   * @param route without names in it, see {@link dev.modgate.protocol.Request#route}
   * @param traceparent W3C trace context, as the client sent it
   */
  Observation begin(String method, String route, Optional<String> traceparent);

  /** A request has been answered that was not understood, or for which there was no room. */
  void turnedAway(String method, int status, Duration time);

  /** One request that is watched. */
  interface Observation {

    /** 32 hex digits, also when nothing is exported. */
    String traceId();

    /** Runs the work of the request, so that what it causes is seen as its part. */
    Outcome call(Callable<Outcome> work) throws Exception;

    /**
     * The last byte has been sent, or the connection is gone.
     *
     * @param bytes of the body that were handed to the connection
     */
    void end(int status, long bytes);
  }
}
