package dev.modgate.chain;

import java.time.Duration;
import java.util.Optional;

/**
 * Why an attempt failed. The text of each is one printable line that holds no URL, no header and no
 * byte of the answer, because it goes to clients, spans and the audit log.
 */
public sealed interface Failure {

  /** One printable line. */
  String text();

  /** A stable word for {@code error.type} and the audit log. */
  String type();

  /** A deadline passed. */
  record TimedOut(Phase phase) implements Failure {
    /** Which deadline. */
    public enum Phase {
      CONNECT("connect"),
      FIRST_BYTE("first byte"),
      IDLE("idle"),
      TOTAL("total");

      private final String words;

      Phase(String words) {
        this.words = words;
      }
    }

    @Override
    public String text() {
      return "timed out (" + phase.words + ")";
    }

    @Override
    public String type() {
      return "timeout";
    }
  }

  /**
   * No connection, or it broke.
   *
   * @param kind such as "connection refused"
   */
  record Unreachable(String kind) implements Failure {
    @Override
    public String text() {
      return kind;
    }

    @Override
    public String type() {
      return "unreachable";
    }
  }

  /** A status that is neither 200 nor "not there". */
  record BadStatus(int status, Optional<Duration> retryAfter) implements Failure {
    @Override
    public String text() {
      return "answered " + status;
    }

    @Override
    public String type() {
      return "status";
    }
  }

  /** An answer that is not whole, or whose framing is ambiguous, or a forbidden redirect. */
  record Broken(String how) implements Failure {
    @Override
    public String text() {
      return how;
    }

    @Override
    public String type() {
      return "broken";
    }
  }

  /** More bytes than the protocol allows. */
  record TooLarge(long limit) implements Failure {
    @Override
    public String text() {
      return "sent more than " + limit + " bytes";
    }

    @Override
    public String type() {
      return "too_large";
    }
  }

  /** The breaker kept the request back. */
  record BreakerOpen() implements Failure {
    @Override
    public String text() {
      return "circuit breaker is open";
    }

    @Override
    public String type() {
      return "breaker_open";
    }
  }

  /** The mirror has as many requests as it may have. */
  record Busy() implements Failure {
    @Override
    public String text() {
      return "too many requests at once";
    }

    @Override
    public String type() {
      return "busy";
    }
  }

  /** Our own disk could not take the body: not the mirror's fault. */
  record LocalDisk() implements Failure {
    @Override
    public String text() {
      return "the disk of this gate could not take the answer";
    }

    @Override
    public String type() {
      return "local_disk";
    }
  }

  /** What it delivered is untrue. */
  record Refuted(String reason) implements Failure {
    @Override
    public String text() {
      return reason;
    }

    @Override
    public String type() {
      return "refuted";
    }
  }
}
