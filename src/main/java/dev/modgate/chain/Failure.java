package dev.modgate.chain;

import dev.modgate.chain.credential.NoCredential;
import dev.modgate.chain.tls.TlsFault;
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

  /** True if it says nothing about the mirror: it was not asked, or our own side failed. */
  default boolean isOurs() {
    return switch (this) {
      case Busy _, LocalDisk _, Outrun _, BreakerOpen _, TakenOut _, Paused _, NotFetched _ -> true;
      case TimedOut _,
          Unreachable _,
          NoCredential _,
          Untrusted _,
          ChangedFace _,
          BadStatus _,
          Broken _,
          TooLarge _,
          Refuted _ ->
          false;
    };
  }

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

  /** The TLS handshake did not show the mirror that was wanted. */
  record Untrusted(TlsFault fault) implements Failure {
    @Override
    public String text() {
      return "TLS: " + fault.words();
    }

    @Override
    public String type() {
      return "tls";
    }
  }

  /**
   * Its answer does not show the identity that is configured.
   *
   * @param what of it, in the words of the configuration
   */
  record ChangedFace(String what) implements Failure {
    @Override
    public String text() {
      return "changed its face: " + what + " is not as pinned";
    }

    @Override
    public String type() {
      return "changed_face";
    }
  }

  /** A status that is neither 200 nor "not there". */
  record BadStatus(int status, Optional<Duration> retryAfter) implements Failure {
    /** "Not for you" and its like say nothing of the mirror's health; "too many", "later" do. */
    boolean isAboutTheRequest() {
      return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }

    /** It may be gone in a moment. */
    boolean isMomentary() {
      return status == 429 || status == 502 || status == 503 || status == 504;
    }

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

  /** Another mirror's answer began first, and this one was told to stop. */
  record Outrun() implements Failure {
    @Override
    public String text() {
      return "another mirror was faster";
    }

    @Override
    public String type() {
      return "outrun";
    }
  }

  /**
   * It lied too often.
   *
   * @param reason one printable line
   */
  record TakenOut(String reason) implements Failure {
    @Override
    public String text() {
      return "taken out: " + reason;
    }

    @Override
    public String type() {
      return "taken_out";
    }
  }

  /** It asked not to be asked for a while, by {@code Retry-After}. */
  record Paused(Duration left) implements Failure {
    @Override
    public String text() {
      return "asked to be left alone for " + Math.max(1, left.toSeconds()) + " s more";
    }

    @Override
    public String type() {
      return "paused";
    }
  }

  /**
   * The mirror wants a credential, and there is none to show it. It counts as the mirror's failure:
   * as long as its login is out of order, others are asked first.
   *
   * @param why a part of a sentence that quotes nothing
   */
  record NoCredential(String why) implements Failure {
    @Override
    public String text() {
      return "no credential: " + why;
    }

    @Override
    public String type() {
      return "no_credential";
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

  /**
   * {@code direct} brought nothing.
   *
   * @param how one of a fixed set of sentence parts
   */
  record NotFetched(String how) implements Failure {
    @Override
    public String text() {
      return how;
    }

    @Override
    public String type() {
      return "not_fetched";
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
