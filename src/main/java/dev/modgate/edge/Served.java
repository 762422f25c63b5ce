package dev.modgate.edge;

import java.util.Optional;

/**
 * One answer that has been sent. It holds no header, no query, and no text of a client but a path
 * that the protocol room has parsed.
 *
 * @param method {@code GET}, {@code HEAD} or {@code OTHER}
 * @param path escaped, as in the request; empty if the request was turned away before it was parsed
 * @param status of the answer
 * @param bytes of its body that were handed to the connection; fewer than it has if the client hung
 *     up
 * @param client IP address, see {@code audit.trusted-peers}
 * @param traceId 32 hex digits; empty if the request was turned away
 * @param h1 of a proven artifact
 * @param mirror who delivered it just now, or the word store; empty for words of our own
 * @param share of the build that asked; empty if the request named none, or was turned away
 * @param body of a 200 of which something was sent: its first {@code bytes} bytes were
 */
public record Served(
    String method,
    Optional<String> path,
    int status,
    long bytes,
    String client,
    Optional<String> traceId,
    Optional<String> h1,
    Optional<String> mirror,
    Optional<BuildShare> share,
    Optional<ServedBody> body) {

  /** The same, without the reference to what was served. */
  public Served withoutBody() {
    return new Served(
        method, path, status, bytes, client, traceId, h1, mirror, share, Optional.empty());
  }

  /** The build that asked, as it calls itself. */
  public Optional<String> build() {
    return share.map(part -> part.build().id());
  }
}
