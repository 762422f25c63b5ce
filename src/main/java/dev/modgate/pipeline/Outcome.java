package dev.modgate.pipeline;

import dev.modgate.store.StoredArtifact;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** What a request came to. */
public sealed interface Outcome {

  /**
   * A proven artifact.
   *
   * @param mirror who delivered it just now, or the word store
   * @param held its bytes; empty if it is so large that it is sent from its file
   */
  record Artifact(StoredArtifact stored, String mirror, Optional<Content> held)
      implements Outcome {}

  /**
   * Anything else that is served.
   *
   * @param mirror who delivered it just now, or the word store
   */
  record Text(Content content, Kind kind, String mirror, Lifetime lifetime, Standing standing)
      implements Outcome {}

  /**
   * It does not exist.
   *
   * @param status 404 or 410
   * @param words the last mirror's, printable
   */
  record Absent(int status, String words) implements Outcome {}

  /**
   * It exists, perhaps, but does not pass. Never answered in a way that lets the client look
   * elsewhere.
   */
  record Refused(Refusal refusal) implements Outcome {}

  /**
   * Something that is needed does not work at the moment.
   *
   * @param reason one printable line
   */
  record Unavailable(Cause cause, String reason) implements Outcome {

    /** What is stored could not be read. */
    public static Unavailable unreadable() {
      return new Unavailable(Cause.NOT_NOW, "the stored file could not be read");
    }
  }

  /** Bytes that are kept in memory. */
  final class Content {
    private final byte[] bytes;
    private volatile Optional<String> digest = Optional.empty();

    public Content(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The array itself, not a copy. */
    public byte[] bytes() {
      return bytes;
    }

    /** SHA-256 of the bytes in base64url; worked out once. */
    public String digest() {
      Optional<String> known = digest;
      if (known.isEmpty()) {
        known = Optional.of(digestOf(bytes));
        digest = known;
      }
      return known.get();
    }

    private static String digestOf(byte[] bytes) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /** What a text is. */
  enum Kind {
    INFO,
    LIST,
    LOG_TEXT,
    LOG_TILE
  }

  /** Why a text may be believed. */
  sealed interface Standing {
    /**
     * What it is about, or itself, is proven to be in the log.
     *
     * @param treeSize of the head that it is proven in
     */
    record Logged(long treeSize) implements Standing {}

    /**
     * The operator exempted the module.
     *
     * @param pattern that matched
     */
    record Unlogged(String pattern) implements Standing {}

    /** It is a mirror's word, or our own about ourselves. */
    record Word() implements Standing {}
  }

  /** How long a text stays true. */
  sealed interface Lifetime {
    /** For ever. */
    record Immutable() implements Lifetime {}

    /**
     * For a while.
     *
     * @param ttl from now
     */
    record Fresh(Duration ttl) implements Lifetime {}

    /**
     * Its time is over but no mirror has a newer one.
     *
     * @param age since it was fetched
     */
    record Stale(Duration age) implements Lifetime {}
  }

  /** What does not work. */
  enum Cause {
    /** An upstream failed. */
    UPSTREAM_FAILED,
    /** An upstream did not answer in time. */
    UPSTREAM_TIMED_OUT,
    /** Not now: a breaker is open, a limit is reached, the log is not reached, the disk is full. */
    NOT_NOW
  }
}
