package dev.modgate.telemetry;

import io.opentelemetry.api.trace.SpanKind;

/** What modgate does around and inside a request; each is a span of its own. */
public enum SpanName {
  /**
   * A whole build: what a command asks for, seen from it; or that a build began, seen from here.
   */
  BUILD("build", SpanKind.INTERNAL),
  /** One request to one mirror. */
  ATTEMPT("attempt", SpanKind.CLIENT),
  /** One request to a mirror that only asks whether it is well. */
  PROBE("probe", SpanKind.CLIENT),
  /** The decision whether the client may have it. */
  ADMIT("admit", SpanKind.INTERNAL),
  /** All attempts for one artifact. */
  FETCH("fetch", SpanKind.INTERNAL),
  /** The proof of one artifact. */
  VERIFY("verify", SpanKind.INTERNAL),
  /** Reading and hashing one artifact. */
  HASH("hash", SpanKind.INTERNAL),
  /** Waiting for the checksum database, and holding the hash against it. */
  PROVE("prove", SpanKind.INTERNAL),
  /** The lookup of one record in the checksum database, with its tiles. */
  LOOKUP("lookup", SpanKind.INTERNAL),
  /** A read or a durable write of the store. */
  STORE("store", SpanKind.INTERNAL),
  /** A durable write of the audit log. */
  AUDIT("audit", SpanKind.INTERNAL),
  /** Waiting for another request's fetch, or for a free place. */
  WAIT("wait", SpanKind.INTERNAL);

  private final String text;
  private final SpanKind kind;

  SpanName(String text, SpanKind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** As it stands on the span. */
  public String text() {
    return text;
  }

  SpanKind kind() {
    return kind;
  }
}
